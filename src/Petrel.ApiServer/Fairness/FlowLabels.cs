using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The labels of what is counted by flow schema.</summary>
internal readonly record struct FlowLabels(string FlowSchema, string PriorityLevel) : ILabels<FlowLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["flow_schema", "priority_level"];

    public IReadOnlyList<string> Values() => [FlowSchema, PriorityLevel];
}
