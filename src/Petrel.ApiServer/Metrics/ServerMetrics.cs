using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.Metrics;
using Petrel.Storage;

namespace Petrel.ApiServer.Metrics;

/// <summary>What an API server shows besides its requests.</summary>
internal static class ServerMetrics
{
    public static void AddTo(MetricRegistry registry, ResourceRegistry resources, VersionInfo version)
    {
        registry.Read<BuildLabels>("kubernetes_build_info", "gauge", "1, with labels that say what this build is.", _ => ValueTask.FromResult<IReadOnlyList<(BuildLabels, double)>>([(new(version), 1)]));
        registry.Read<ResourceLabel>("apiserver_storage_objects", "gauge", "Stored objects.", cancellationToken => CountAsync(resources, cancellationToken));
    }

    /// <summary>The counter of events that watches of a kind have sent.</summary>
    public static Counter WatchEvents(MetricRegistry registry, ResourceInfo info) =>
        registry.Counters<KindLabels>("apiserver_watch_events_total", "Events sent to watches.").Of(new(info.Group, info.Version, info.Kind));

    private static async ValueTask<IReadOnlyList<(ResourceLabel, double)>> CountAsync(ResourceRegistry resources, CancellationToken cancellationToken)
    {
        var counts = new List<(ResourceLabel, double)>();
        foreach (var endpoint in resources.Endpoints.Where(static endpoint => endpoint.Info.Verbs.HasFlag(Api.Resources.Verbs.List) && endpoint.Type.Storage is null))
        {
            var range = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(""), Content: RangeContent.Count), cancellationToken);
            var name = endpoint.Info.Group.Length == 0 ? endpoint.Info.Resource : endpoint.Info.Resource + "." + endpoint.Info.Group;
            counts.Add((new(name), range.Count));
        }

        return counts;
    }
}
