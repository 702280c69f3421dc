using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The label of apiserver_current_inflight_requests.</summary>
internal readonly record struct RequestKindLabel(string Kind) : ILabels<RequestKindLabel>
{
    public static IReadOnlyList<string> Names { get; } = ["request_kind"];

    public IReadOnlyList<string> Values() => [Kind];
}
