using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Cel;
using Petrel.Cel.Types;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A validating policy with its expressions compiled.</summary>
internal sealed class CompiledPolicy : PolicyRules
{
    public CompiledPolicy(ValidatingAdmissionPolicy policy)
        : base(policy.Metadata.Name, policy.Spec.ParamKind, policy.Spec.FailurePolicy, policy.Spec.MatchConstraints, policy.Spec.MatchConditions, policy.Spec.Variables)
    {
        Validations =
        [
            .. policy.Spec.Validations.Select(validation =>
            {
                var (program, error) = AdmissionExpressions.Compile(Expressions.Environment, validation.Expression, [CelType.Bool]);
                var message = validation.MessageExpression.Length == 0 ? null : AdmissionExpressions.Compile(Expressions.MessageEnvironment, validation.MessageExpression, [CelType.String]).Program;
                return new CompiledValidation(validation, program, error, message);
            }),
        ];
        AuditAnnotations =
        [
            .. policy.Spec.AuditAnnotations.Select(annotation =>
            {
                var (program, error) = AdmissionExpressions.Compile(Expressions.Environment, annotation.ValueExpression.Trim(), [CelType.String, CelType.Null]);
                return new CompiledValueExpression(annotation.ValueExpression, program, error);
            }),
        ];
    }

    public IReadOnlyList<CompiledValidation> Validations { get; }

    public IReadOnlyList<CompiledValueExpression> AuditAnnotations { get; }

    protected override IEnumerable<CelProgram?> Programs =>
    [
        .. Validations.SelectMany(static validation => new[] { validation.Program, validation.Message }),
        .. AuditAnnotations.Select(static annotation => annotation.Program),
    ];
}
