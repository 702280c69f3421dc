using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The labels of refused requests.</summary>
/// <param name="Reason">queue-full, concurrency-limit, time-out or cancelled.</param>
internal readonly record struct RejectionLabels(FlowLabels Flow, string Reason) : ILabels<RejectionLabels>
{
    public static IReadOnlyList<string> Names { get; } = [.. FlowLabels.Names, "reason"];

    public IReadOnlyList<string> Values() => [.. Flow.Values(), Reason];
}
