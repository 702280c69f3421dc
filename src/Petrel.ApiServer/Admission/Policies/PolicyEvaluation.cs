using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Expressions;
using Petrel.Cel;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>
/// The expressions of one policy for one request and one set of params: what they cost together is limited, and variables are
/// evaluated when first needed and once.
/// </summary>
internal sealed class PolicyEvaluation : ICelBindings
{
    private readonly ICelBindings _request;
    private readonly CelValue? _parameters;
    private readonly IReadOnlyList<PolicyVariable> _programs;
    private readonly VariablesView _variables;
    private readonly CancellationToken _cancellationToken;
    private long _budget = KubernetesExpressions.ObjectCostLimit;

    /// <param name="parameters">Null when the policy has none.</param>
    public PolicyEvaluation(ICelBindings request, CelValue? parameters, IReadOnlyList<PolicyVariable> variables, CancellationToken cancellationToken)
    {
        (_request, _parameters, _programs, _cancellationToken) = (request, parameters, variables, cancellationToken);
        _variables = new VariablesView(this);
    }

    public bool TryFind(string name, [MaybeNullWhen(false)] out CelValue value)
    {
        if (name is "variables" or "params")
        {
            value = name == "variables" ? _variables : _parameters;
            return value is not null;
        }

        return _request.TryFind(name, out value);
    }

    /// <summary>The result, which may be an error. Null when everything together has cost too much.</summary>
    public CelResult? Evaluate(CelProgram program)
    {
        var result = program.Evaluate(this, Math.Max(0, Math.Min(_budget, KubernetesExpressions.CostLimit)), _cancellationToken);
        _budget -= result.Cost;
        return _budget < 0 ? null : result;
    }

    /// <summary>The object behind the name variables.</summary>
    private sealed class VariablesView(PolicyEvaluation evaluation) : CelObject
    {
        private readonly Dictionary<string, CelValue> _values = new(StringComparer.Ordinal);

        public override CelType Type { get; } = CelType.Object("kubernetes.variables", static _ => null);

        public override IEnumerable<string> FieldNames => evaluation._programs.Select(static variable => variable.Name);

        public override bool TryGetField(string name, [MaybeNullWhen(false)] out CelValue value)
        {
            if (_values.TryGetValue(name, out value))
            {
                return true;
            }

            // Of two variables with one name, the later one counts.
            if (evaluation._programs.LastOrDefault(variable => variable.Name == name) is not { } found)
            {
                return false;
            }

            value = found.Program is null ? CelError.Because(found.Error)
                : evaluation.Evaluate(found.Program) is { } result ? result.Value : CelError.Because("running out of cost budget");
            value = value is CelError error ? CelError.Because($"composited variable \"{name}\" fails to evaluate: {error.Message}") : value;
            _values[name] = value;
            return true;
        }
    }
}
