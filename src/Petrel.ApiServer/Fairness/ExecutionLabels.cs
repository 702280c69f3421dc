using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The labels of times spent running.</summary>
/// <param name="Type">watch, of which only the start counts, or regular.</param>
internal readonly record struct ExecutionLabels(FlowLabels Flow, string Type) : ILabels<ExecutionLabels>
{
    public static IReadOnlyList<string> Names { get; } = [.. FlowLabels.Names, "type"];

    public IReadOnlyList<string> Values() => [.. Flow.Values(), Type];
}
