using Petrel.Metrics;

namespace Petrel.ApiServer.Authorization;

/// <summary>Counts what one authorizer decides; what it leaves to the others is not counted.</summary>
/// <param name="type">What it is called in upstream's configuration, e.g. RBAC.</param>
internal sealed class CountedAuthorizer(string type, IAuthorizer inner) : IAuthorizer
{
    private readonly Counter _allowed = new();
    private readonly Counter _denied = new();

    /// <summary>Shows what these have decided, under upstream's name.</summary>
    public static void Show(MetricRegistry registry, IReadOnlyList<CountedAuthorizer> authorizers) => registry.Read<DecisionLabels>(
        "apiserver_authorization_decisions_total",
        "counter",
        "Decisions by the authorizer that took them.",
        _ => ValueTask.FromResult<IReadOnlyList<(DecisionLabels, double)>>([.. authorizers.SelectMany(static authorizer => authorizer.Counts())]));

    public ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes)
    {
        var decision = inner.AuthorizeAsync(attributes);
        return decision.IsCompletedSuccessfully ? ValueTask.FromResult(Count(decision.Result)) : WaitAsync(decision);
    }

    private async ValueTask<Decision> WaitAsync(ValueTask<Decision> decision) => Count(await decision);

    private Decision Count(Decision decision)
    {
        switch (decision.Verdict)
        {
            case Verdict.Allow:
                _allowed.Increment();
                break;
            case Verdict.Deny:
                _denied.Increment();
                break;
        }

        return decision;
    }

    private IEnumerable<(DecisionLabels, double)> Counts()
    {
        if (_allowed.Value > 0)
        {
            yield return (new(type, "allowed"), _allowed.Value);
        }

        if (_denied.Value > 0)
        {
            yield return (new(type, "denied"), _denied.Value);
        }
    }

    // Where nothing is configured, an authorizer's name is its type in small letters.
    private readonly record struct DecisionLabels(string Type, string Decision) : ILabels<DecisionLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["decision", "name", "type"];

        public IReadOnlyList<string> Values() => [Decision, Type.ToLowerInvariant(), Type];
    }
}
