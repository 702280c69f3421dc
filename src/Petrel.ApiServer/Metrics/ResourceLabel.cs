using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The label of apiserver_storage_objects.</summary>
internal readonly record struct ResourceLabel(string Resource) : ILabels<ResourceLabel>
{
    public static IReadOnlyList<string> Names { get; } = ["resource"];

    public IReadOnlyList<string> Values() => [Resource];
}
