using Petrel.Metrics;

namespace Petrel.ApiServer.Aggregation;

/// <summary>The labels of aggregator_unavailable_apiservice_total.</summary>
/// <param name="Name">Name of the APIService.</param>
/// <param name="Reason">Reason of its condition Available.</param>
internal readonly record struct UnavailableLabels(string Name, string Reason) : ILabels<UnavailableLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "reason"];

    public IReadOnlyList<string> Values() => [Name, Reason];
}

/// <summary>The label of aggregator_unavailable_apiservice.</summary>
/// <param name="Name">Name of the APIService.</param>
internal readonly record struct ServiceNameLabel(string Name) : ILabels<ServiceNameLabel>
{
    public static IReadOnlyList<string> Names { get; } = ["name"];

    public IReadOnlyList<string> Values() => [Name];
}
