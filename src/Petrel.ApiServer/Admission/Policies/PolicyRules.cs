using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.ApiServer.Admission.Matching;
using Petrel.Cel;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>What validating and mutating policies have in common, compiled once for all requests.</summary>
internal abstract class PolicyRules
{
    protected PolicyRules(string name, ParamKind? paramKind, string? failurePolicy, MatchResources? constraints, ApiList<MatchCondition> conditions, ApiList<Variable> variables)
    {
        Name = name;
        ParamKind = paramKind;
        FailsClosed = failurePolicy != "Ignore";
        Criteria = MatchCriteria.Of(constraints ?? MatchResources.Empty, matchesWithoutRules: false);
        Conditions = new RequestConditions(conditions, paramKind is not null);
        Expressions = new PolicyExpressions(paramKind is not null);
        Variables = PolicyVariable.CompileAll(variables, Expressions);
    }

    public string Name { get; }

    public ParamKind? ParamKind { get; }

    /// <summary>Requests are refused when the policy cannot be evaluated.</summary>
    public bool FailsClosed { get; }

    public MatchCriteria Criteria { get; }

    public RequestConditions Conditions { get; }

    public IReadOnlyList<PolicyVariable> Variables { get; }

    /// <summary>An expression needs the namespace of the object.</summary>
    public bool UsesNamespace => Conditions.UsesNamespace || Variables.Any(static variable => Uses(variable.Program)) || Programs.Any(Uses);

    /// <summary>In which the policy's expressions are compiled.</summary>
    protected PolicyExpressions Expressions { get; }

    /// <summary>All further expressions.</summary>
    protected abstract IEnumerable<CelProgram?> Programs { get; }

    private static bool Uses(CelProgram? program) => program?.Variables.Contains("namespaceObject") == true;
}
