using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Whose match conditions decided about what.</summary>
internal readonly record struct MatchConditionLabels(string Name, string Kind, string Type, string Operation) : ILabels<MatchConditionLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "kind", "type", "operation"];

    public IReadOnlyList<string> Values() => [Name, Kind, Type, Operation];
}
