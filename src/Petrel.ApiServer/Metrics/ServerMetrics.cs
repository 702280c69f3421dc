using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.ApiServer.Registry;
using Petrel.Metrics;
using Petrel.Storage;

namespace Petrel.ApiServer.Metrics;

/// <summary>What an API server shows besides its requests.</summary>
internal static class ServerMetrics
{
    public static void AddTo(MetricRegistry registry, ResourceRegistry resources, IStore store, VersionInfo version, FeatureGates features)
    {
        registry.Read<BuildLabels>("kubernetes_build_info", "gauge", "1, with labels that say what this build is.", _ => ValueTask.FromResult<IReadOnlyList<(BuildLabels, double)>>([(new(version), 1)]));
        registry.Read<FeatureLabels>("kubernetes_feature_enabled", "gauge", "1 for a feature that is on, 0 for one that is off.", _ =>
            ValueTask.FromResult<IReadOnlyList<(FeatureLabels, double)>>([.. features.List().Select(static feature => (new FeatureLabels(feature.Name, feature.Stage), feature.IsOn ? 1d : 0d))]));
        registry.Read<ResourceLabel>("apiserver_storage_objects", "gauge", "Stored objects.", cancellationToken => CountAsync(resources, cancellationToken));
        registry.Read<StorageLabel>("apiserver_storage_size_bytes", "gauge", "What the store occupies, in bytes.", async cancellationToken =>
            [(new StorageLabel("etcd-0"), (await store.GetStatusAsync(cancellationToken)).DiskBytes)]);
    }

    private readonly record struct StorageLabel(string Id) : ILabels<StorageLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["storage_cluster_id"];

        public IReadOnlyList<string> Values() => [Id];
    }

    private static async ValueTask<IReadOnlyList<(ResourceLabel, double)>> CountAsync(ResourceRegistry resources, CancellationToken cancellationToken)
    {
        var counts = new List<(ResourceLabel, double)>();
        foreach (var endpoint in resources.Endpoints.Where(static endpoint => endpoint.Info.Verbs.HasFlag(Api.Resources.Verbs.List) && endpoint.Type.IsStorageVersion))
        {
            var range = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(""), Content: RangeContent.Count), cancellationToken);
            var name = endpoint.Info.Group.Length == 0 ? endpoint.Info.Resource : endpoint.Info.Resource + "." + endpoint.Info.Group;
            counts.Add((new(name), range.Count));
        }

        return counts;
    }
}
