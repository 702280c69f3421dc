using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>A pod as affinity sees it: pods that say the same and are labelled the same are the same question.</summary>
internal readonly struct AffinityQuestion(PodInfo pod, long namespacesVersion) : IEquatable<AffinityQuestion>
{
    private readonly long _namespacesVersion = namespacesVersion;

    public PodInfo Pod { get; } = pod;

    public bool Equals(AffinityQuestion other) =>
        _namespacesVersion == other._namespacesVersion
        && Pod.Namespace == other.Pod.Namespace
        && Pod.Labels == other.Pod.Labels
        && Pod.Pod.Spec.Affinity?.PodAffinity == other.Pod.Pod.Spec.Affinity?.PodAffinity
        && Pod.Pod.Spec.Affinity?.PodAntiAffinity == other.Pod.Pod.Spec.Affinity?.PodAntiAffinity;

    public override bool Equals(object? obj) => obj is AffinityQuestion other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_namespacesVersion, Pod.Namespace, Pod.Labels);
}
