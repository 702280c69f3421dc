using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Cel;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>The compiled match conditions of a webhook or policy.</summary>
internal sealed class RequestConditions
{
    private readonly IReadOnlyList<(string Expression, CelProgram? Program, string Error)> _conditions;

    /// <param name="hasParams">The conditions may use params.</param>
    public RequestConditions(ApiList<MatchCondition> conditions, bool hasParams)
    {
        var environment = AdmissionExpressions.Environment(hasParams, hasAuthorizer: true);
        _conditions =
        [
            .. conditions.Select(condition =>
            {
                var (program, error) = AdmissionExpressions.Compile(environment, condition.Expression.Trim(), [Cel.Types.CelType.Bool]);
                return (condition.Expression.Trim(), program, error);
            }),
        ];
    }

    /// <summary>Whether an expression needs the namespace of the object.</summary>
    public bool UsesNamespace => _conditions.Any(static condition => condition.Program?.Variables.Contains("namespaceObject") == true);

    /// <summary>A false condition decides, whatever goes wrong with others.</summary>
    public ConditionsOutcome Evaluate(ICelBindings variables, CancellationToken cancellationToken)
    {
        var budget = KubernetesExpressions.MatchConditionsCostLimit;
        var errors = new List<string>();
        foreach (var (expression, program, error) in _conditions)
        {
            if (program is null)
            {
                errors.Add($"compilation error: {error}");
                continue;
            }

            var result = program.Evaluate(variables, Math.Min(budget, KubernetesExpressions.CostLimit), cancellationToken);
            budget -= result.Cost;
            if (budget < 0)
            {
                return new(false, "validation failed due to running out of cost budget, no further validation rules will be run");
            }

            switch (result.Value)
            {
                case CelBool { Value: true }:
                    break;
                case CelBool:
                    return new(false, "");
                default:
                    errors.Add($"expression '{expression}' resulted in error: {result.Error ?? "no such overload"}");
                    break;
            }
        }

        return errors.Count == 0 ? new(true, "") : new(false, errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]");
    }
}
