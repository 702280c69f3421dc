using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The labels of apiserver_watch_events_total.</summary>
internal readonly record struct KindLabels(string Group, string Version, string Kind) : ILabels<KindLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["group", "version", "kind"];

    public IReadOnlyList<string> Values() => [Group, Version, Kind];
}
