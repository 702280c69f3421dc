using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The labels of times spent in queues.</summary>
/// <param name="Executed">The request had its turn in the end.</param>
internal readonly record struct WaitLabels(FlowLabels Flow, bool Executed) : ILabels<WaitLabels>
{
    public static IReadOnlyList<string> Names { get; } = [.. FlowLabels.Names, "execute"];

    public IReadOnlyList<string> Values() => [.. Flow.Values(), Executed ? "true" : "false"];
}
