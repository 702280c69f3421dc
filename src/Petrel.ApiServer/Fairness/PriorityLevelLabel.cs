using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The label of what is shown by priority level.</summary>
internal readonly record struct PriorityLevelLabel(string PriorityLevel) : ILabels<PriorityLevelLabel>
{
    public static IReadOnlyList<string> Names { get; } = ["priority_level"];

    public IReadOnlyList<string> Values() => [PriorityLevel];
}
