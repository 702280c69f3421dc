using Petrel.Api.Core;

namespace Petrel.Node.Eviction;

/// <summary>What evictions need of a node.</summary>
internal interface IEvictionNode
{
    IReadOnlyList<NodeObservation> Observe();

    /// <summary>Pods that have not ended and are not being ended.</summary>
    IReadOnlyList<Pod> Pods();

    /// <summary>What pods use. Looking at disks takes long, so it is done only when asked for.</summary>
    Task<IReadOnlyList<PodUsage>> MeasureAsync(IReadOnlyList<Pod> pods, bool withDisk, CancellationToken cancellationToken);

    /// <summary>Has the pod ended, as failed; returns at once.</summary>
    void Evict(Pod pod, EvictionReason reason, TimeSpan gracePeriod);

    /// <summary>Tells that the node tries to get some of a resource back.</summary>
    void TellReclaiming(string resource);

    /// <summary>Whether nothing of an evicted pod runs any more.</summary>
    bool HasEnded(string podUid);
}
