using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.ApiServer.Admission.Matching;
using Petrel.Cel;
using Petrel.Cel.Types;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A validating policy with its expressions compiled, once for all requests.</summary>
internal sealed class CompiledPolicy
{
    public CompiledPolicy(ValidatingAdmissionPolicy policy)
    {
        var spec = policy.Spec;
        var expressions = new PolicyExpressions(spec.ParamKind is not null);
        Name = policy.Metadata.Name;
        ParamKind = spec.ParamKind;
        FailsClosed = spec.FailurePolicy != "Ignore";
        Criteria = MatchCriteria.Of(spec.MatchConstraints ?? MatchResources.Empty, matchesWithoutRules: false);
        Conditions = new RequestConditions(spec.MatchConditions, spec.ParamKind is not null);
        Variables = PolicyVariable.CompileAll(spec.Variables, expressions);
        Validations =
        [
            .. spec.Validations.Select(validation =>
            {
                var (program, error) = AdmissionExpressions.Compile(expressions.Environment, validation.Expression, [CelType.Bool]);
                var message = validation.MessageExpression.Length == 0 ? null : AdmissionExpressions.Compile(expressions.MessageEnvironment, validation.MessageExpression, [CelType.String]).Program;
                return new CompiledValidation(validation, program, error, message);
            }),
        ];
        AuditAnnotations =
        [
            .. spec.AuditAnnotations.Select(annotation =>
            {
                var (program, error) = AdmissionExpressions.Compile(expressions.Environment, annotation.ValueExpression.Trim(), [CelType.String, CelType.Null]);
                return new CompiledValueExpression(annotation.ValueExpression, program, error);
            }),
        ];
        UsesNamespace = Conditions.UsesNamespace
            || Variables.Any(static variable => Uses(variable.Program))
            || Validations.Any(static validation => Uses(validation.Program) || Uses(validation.Message))
            || AuditAnnotations.Any(static annotation => Uses(annotation.Program));
    }

    public string Name { get; }

    public ParamKind? ParamKind { get; }

    /// <summary>Requests are refused when the policy cannot be evaluated.</summary>
    public bool FailsClosed { get; }

    public MatchCriteria Criteria { get; }

    public RequestConditions Conditions { get; }

    public IReadOnlyList<PolicyVariable> Variables { get; }

    public IReadOnlyList<CompiledValidation> Validations { get; }

    public IReadOnlyList<CompiledValueExpression> AuditAnnotations { get; }

    /// <summary>An expression needs the namespace of the object.</summary>
    public bool UsesNamespace { get; }

    private static bool Uses(CelProgram? program) => program?.Variables.Contains("namespaceObject") == true;
}
