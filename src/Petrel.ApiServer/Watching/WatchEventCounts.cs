using Petrel.Api.Resources;
using Petrel.ApiServer.Metrics;
using Petrel.Metrics;

namespace Petrel.ApiServer.Watching;

/// <summary>What the watches of a kind have sent.</summary>
internal sealed class WatchEventCounts(Counter events, Histogram sizes, Counter initial, Counter overtaken, Func<string, Histogram> lists)
{
    private static readonly double[] ListBounds = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 15, 20, 30, 45, 60];

    private static readonly double[] SizeBounds = [.. Enumerable.Range(0, 8).Select(static power => 1024d * (1 << power))];

    public static WatchEventCounts AddTo(MetricRegistry registry, ResourceInfo info)
    {
        var labels = new KindLabels(info.Group, info.Version, info.Kind);
        return new WatchEventCounts(
            registry.Counters<KindLabels>("apiserver_watch_events_total", "Events sent to watches.").Of(labels),
            registry.Histograms<KindLabels>("apiserver_watch_events_sizes", "Sizes of the events sent to watches, in bytes.", SizeBounds).Of(labels),
            registry.Counters<ResourceLabel>("apiserver_init_events_total", "Events with which watches begin.").Of(new(info.GroupResource.ToString())),
            registry.Counters<ResourceLabel>("apiserver_terminated_watchers_total", "Watches that were ended because their clients did not read.").Of(new(info.GroupResource.ToString())),
            scope => registry.Histograms<ListLabels>("apiserver_watch_list_duration_seconds", "Time in which a watch that asks for the state has it, in seconds.", ListBounds)
                .Of(new(info.Group, info.Version, info.Resource, scope)));
    }

    /// <summary>So many events of the state so far were sent.</summary>
    public void Began(int count) => initial.Add(count);

    /// <summary>A watch was ended because its client did not read.</summary>
    public void Overtaken() => overtaken.Increment();

    /// <summary>A watch that asked for the state has it.</summary>
    /// <param name="scope">cluster, namespace or resource.</param>
    public void Listed(string scope, TimeSpan duration) => lists(scope).Observe(duration.TotalSeconds);

    public void Sent(long bytes)
    {
        events.Increment();
        sizes.Observe(bytes);
    }

    private readonly record struct ListLabels(string Group, string Version, string Resource, string Scope) : ILabels<ListLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["group", "version", "resource", "scope"];

        public IReadOnlyList<string> Values() => [Group, Version, Resource, Scope];
    }
}
