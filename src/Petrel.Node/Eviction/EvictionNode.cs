using System.Collections.Concurrent;
using System.Globalization;
using Petrel.Api.Core;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Linux.Cgroups;
using Petrel.Linux.Processes;
using Petrel.Node.Agent;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Eviction;

/// <summary>This machine, and the pods that the API has bound to it.</summary>
internal sealed class EvictionNode(
    NodeOptions options,
    Informer<Pod> pods,
    PodWorkers workers,
    ContainerRuntime runtime,
    ICgroupTree cgroups,
    CommandRunner commands,
    EventRecorder events) : IEvictionNode
{
    private readonly ConcurrentDictionary<string, bool> _evicted = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<NodeObservation> Observe() => NodeObservation.Measure(options.RootDirectory, options.Eviction.ImageDirectory);

    /// <inheritdoc/>
    public IReadOnlyList<Pod> Pods()
    {
        var all = pods.Cache.List();
        foreach (var gone in _evicted.Keys.Except(all.Select(static pod => pod.Metadata.Uid)))
        {
            _evicted.TryRemove(gone, out _);
        }

        return [.. all.Where(pod => pod.Metadata.DeletionTimestamp is null && !IsOver(pod) && !_evicted.ContainsKey(pod.Metadata.Uid))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodUsage>> MeasureAsync(IReadOnlyList<Pod> pods, bool withDisk, CancellationToken cancellationToken)
    {
        var containers = (await runtime.Stats.ListContainersAsync(null, cancellationToken)).ToLookup(static stats => stats.Attributes.Labels.GetValueOrDefault(RuntimeLabels.PodUid));
        var usages = new List<PodUsage>(pods.Count);
        foreach (var pod in pods)
        {
            usages.Add(await MeasureAsync(pod, containers[pod.Metadata.Uid], withDisk, cancellationToken));
        }

        return usages;
    }

    /// <inheritdoc/>
    public void Evict(Pod pod, EvictionReason reason, TimeSpan gracePeriod)
    {
        _evicted[pod.Metadata.Uid] = true;
        events.Record(ObjectReferences.Of(pod), "Warning", "Evicted", reason.Message, reason.Annotations);
        workers.Find(pod.Metadata.Uid)?.Evict(PodEnding.Evicted(reason.Message, gracePeriod));
    }

    /// <inheritdoc/>
    public void TellReclaiming(string resource) => events.Record(
        new ObjectReference { Kind = "Node", ApiVersion = "v1", Name = options.Name, Uid = options.Name },
        "Warning",
        "EvictionThresholdMet",
        $"Attempting to reclaim {resource}");

    /// <inheritdoc/>
    public bool HasEnded(string podUid) => pods.Cache.List().FirstOrDefault(pod => pod.Metadata.Uid == podUid) is not { } pod || IsOver(pod);

    private static bool IsOver(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private async Task<PodUsage> MeasureAsync(Pod pod, IEnumerable<Petrel.Grpc.Cri.ContainerStats> stats, bool withDisk, CancellationToken cancellationToken)
    {
        var (containers, volumes, inodes) = (new List<ContainerUsage>(), new Dictionary<string, long>(StringComparer.Ordinal), 0L);
        foreach (var container in stats)
        {
            var name = container.Attributes.Labels.GetValueOrDefault(RuntimeLabels.ContainerName) ?? "";
            var logs = withDisk ? await DiskAsync(Path.Combine(SandboxConfiguration.LogDirectory(pod, options), name), cancellationToken) : default;
            inodes += logs.Inodes + (long)(container.WritableLayer?.InodesUsed?.Value ?? 0);
            containers.Add(new ContainerUsage(
                name, (long)(container.Memory?.WorkingSetBytes?.Value ?? 0), logs.Bytes + (long)(container.WritableLayer?.UsedBytes?.Value ?? 0)));
        }

        foreach (var volume in withDisk ? pod.Spec.Volumes.Where(static each => each.EmptyDir is { Medium: "" }) : [])
        {
            var disk = await DiskAsync(Path.Combine(options.PodDirectory(pod.Metadata.Uid), "volumes", "kubernetes.io~empty-dir", volume.Name), cancellationToken);
            volumes[volume.Name] = disk.Bytes;
            inodes += disk.Inodes;
        }

        var cgroup = cgroups.ReadUsage(ContainerLimits.PodCgroup(options.CgroupRoot, pod.Status.QosClass, pod.Metadata.Uid));
        return new PodUsage(pod, (long)(cgroup?.WorkingSetBytes ?? 0), (long)(cgroup?.Pids ?? 0), containers) { Volumes = volumes, Inodes = inodes };
    }

    /// <summary>What a directory occupies. What vanishes while du looks is not counted, and does not matter.</summary>
    private async Task<(long Bytes, long Inodes)> DiskAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            return default;
        }

        return (await DuAsync("--block-size=1", directory, cancellationToken), await DuAsync("--inodes", directory, cancellationToken));
    }

    private async Task<long> DuAsync(string unit, string directory, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(new Command("du", "--summarize", "--one-file-system", unit, directory), cancellationToken);
        return long.TryParse(result.Output.Split('\t')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : 0;
    }
}
