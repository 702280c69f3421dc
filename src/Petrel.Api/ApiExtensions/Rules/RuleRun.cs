using System.Text;
using Petrel.Api.Expressions;
using Petrel.Api.Json;
using Petrel.Api.Validation;
using Petrel.Cel;
using Petrel.Cel.Values;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>The evaluations of one request: what they may still cost, and what they found.</summary>
/// <param name="errors">Gets the violated rules.</param>
/// <param name="cancellationToken">Ends evaluations that nobody waits for.</param>
public sealed class RuleRun(FieldErrors errors, CancellationToken cancellationToken = default)
{
    /// <summary>Bytes that a message from an expression has at most.</summary>
    private const int MessageBytesMax = 5 * 1024;

    private const string NoBudget = "validation failed due to running out of cost budget, no further validation rules will be run";

    private readonly List<string> _warnings = [];
    private long _budget = KubernetesExpressions.ObjectCostLimit;

    /// <summary>Violated rules about values that an update did not change become warnings.</summary>
    public bool Ratchets { get; init; } = true;

    /// <summary>Violated rules that were forgiven.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The budget is spent, which is one of the errors: no further rules are evaluated.</summary>
    public bool IsOver => _budget < 0;

    internal void Evaluate(IReadOnlyList<CompiledRule> rules, RuleType type, JsonTree value, JsonTree? old, FieldPath path, Correlation correlation)
    {
        if (IsOver)
        {
            return;
        }

        if (_budget == 0)
        {
            End(path, type, NoBudget);
            return;
        }

        var self = RuleValues.Of(value, type);
        var oldSelf = old is null || !rules.Any(static rule => rule.UsesOldSelf) ? null : RuleValues.Of(old, type);
        var bindings = oldSelf is null ? new CelBindings((CompiledRule.Self, self)) : new CelBindings((CompiledRule.Self, self), (CompiledRule.OldSelf, oldSelf));
        var optional = new CelBindings((CompiledRule.Self, self), (CompiledRule.OldSelf, oldSelf is null ? CelOptional.None : CelOptional.Of(oldSelf)));
        foreach (var rule in rules)
        {
            var isOptional = rule.Rule.OptionalOldSelf == true;
            if (rule.Error is not null)
            {
                errors.Invalid(Shown(path), type.Schema.Type, "rule compile error: " + rule.Error);
            }
            else if (rule.Program is not null && (!rule.UsesOldSelf || oldSelf is not null || isOptional))
            {
                Evaluate(rule, isOptional ? optional : bindings, bindings, type, path, correlation);
            }

            if (IsOver)
            {
                return;
            }
        }
    }

    private void Evaluate(CompiledRule rule, CelBindings bindings, CelBindings messageBindings, RuleType type, FieldPath path, Correlation correlation)
    {
        var result = rule.Program!.Evaluate(bindings, KubernetesExpressions.CostLimit, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.Cost > _budget)
        {
            End(path, type, NoBudget);
            return;
        }

        _budget -= result.Cost;
        if (result.Ending == CelEnding.OverLimit)
        {
            End(path, type, $"'{result.Error}': no further validation rules will be run due to call cost exceeds limit for rule: {Name(rule.Rule)}");
            return;
        }

        if (result.Error is { } error)
        {
            errors.Invalid(Shown(path), type.Schema.Type, error.StartsWith("no such overload", StringComparison.Ordinal)
                ? $"'{error}': call arguments did not match a supported operator, function or macro signature for rule: {Name(rule.Rule)}"
                : $"{error} evaluating rule: {Name(rule.Rule)}");
            return;
        }

        if (result.Value is not CelBool { Value: true })
        {
            Fail(rule, messageBindings, type, rule.ErrorPath.Length == 0 ? path : path.Child(rule.ErrorPath), correlation);
        }
    }

    private void Fail(CompiledRule rule, CelBindings bindings, RuleType type, FieldPath path, Correlation correlation)
    {
        var found = new FieldErrors();
        var (message, refusal) = rule.Message is null ? (null, null) : Message(rule, bindings);
        var (place, kind) = (Shown(path), type.Schema.Type);
        switch (refusal is null ? rule.Rule.Reason : null)
        {
            case "FieldValueForbidden":
                found.Forbidden(place, message ?? Default(rule.Rule));
                break;
            case "FieldValueRequired":
                found.Required(place, message ?? Default(rule.Rule));
                break;
            case "FieldValueDuplicate":
                found.Duplicate(place, kind);
                break;
            default:
                found.Invalid(place, kind, refusal ?? message ?? Default(rule.Rule));
                break;
        }

        // Rules about changes are never forgiven: they are about the change.
        if (!rule.UsesOldSelf && correlation.IsUnchanged)
        {
            _warnings.AddRange(found.Errors.Select(static error => error.ToString()));
        }
        else
        {
            errors.Add(found);
        }
    }

    // The text of the expression; neither when it fails, and then the rule's own message counts. A refusal ends everything.
    private (string? Text, string? Refusal) Message(CompiledRule rule, CelBindings bindings)
    {
        var result = rule.Message!.Evaluate(bindings, KubernetesExpressions.CostLimit, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.Cost > _budget)
        {
            _budget = -1;
            return (null, "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run");
        }

        if (result.Ending == CelEnding.OverLimit)
        {
            _budget = -1;
            return (null, $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {GoSyntax.Quote(rule.Rule.MessageExpression)}");
        }

        _budget -= result.Cost;
        var text = (result.Value as CelString)?.Value.Trim() ?? "";
        return text.Length == 0 || text.Contains('\n', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(text) > MessageBytesMax ? (null, null) : (text, null);
    }

    private void End(FieldPath path, RuleType type, string detail)
    {
        errors.Invalid(Shown(path), type.Schema.Type, detail);
        _budget = -1;
    }

    private static string Default(ValidationRule rule) => rule.Message.Length == 0 ? "failed rule: " + Name(rule) : rule.Message.Trim();

    private static string Name(ValidationRule rule) => (rule.Message.Length > 0 ? rule.Message : rule.Rule).Trim();

    // Go prints the path of the whole object so.
    private static FieldPath Shown(FieldPath path) => path.ToString().Length == 0 ? FieldPath.Root.Child("<nil>") : path;
}
