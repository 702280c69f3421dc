using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Scheduler.Nodes;

/// <summary>A pod with everything scheduling asks of it, computed once per version of the pod. Immutable.</summary>
internal sealed class PodInfo
{
    public PodInfo(Pod pod)
    {
        Pod = pod;
        Key = ObjectKey.Of(pod);
        Priority = pod.Spec.Priority ?? 0;
        Requests = PodRequests.Of(pod);
        RequestsWithDefaults = PodRequests.WithDefaults(pod);
        HostPorts = HostPort.Of(pod);
        var affinity = pod.Spec.Affinity;
        RequiredAffinity = AffinityTerm.Required(pod, affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution);
        RequiredAntiAffinity = AffinityTerm.Required(pod, affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution);
        PreferredAffinity = AffinityTerm.Preferred(pod, affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution);
        PreferredAntiAffinity = AffinityTerm.Preferred(pod, affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution);
    }

    public Pod Pod { get; }

    public ObjectKey Key { get; }

    public string Uid => Pod.Metadata.Uid;

    public string Namespace => Pod.Metadata.Namespace;

    public ApiMap<string> Labels => Pod.Metadata.Labels;

    /// <summary>Higher ones are scheduled first and may displace lower ones.</summary>
    public int Priority { get; }

    public bool IsTerminating => Pod.Metadata.DeletionTimestamp is not null;

    /// <summary>It is going because a scheduler made room for a more important pod.</summary>
    public bool IsPreempted => IsTerminating && WasPreempted(Pod);

    /// <summary>What the node sets aside for it.</summary>
    public ResourceTotals Requests { get; }

    /// <inheritdoc cref="PodRequests.WithDefaults"/>
    public ResourceTotals RequestsWithDefaults { get; }

    public HostPort[] HostPorts { get; }

    public AffinityTerm[] RequiredAffinity { get; }

    public AffinityTerm[] RequiredAntiAffinity { get; }

    public AffinityTerm[] PreferredAffinity { get; }

    public AffinityTerm[] PreferredAntiAffinity { get; }

    /// <summary>Whether the pod says anything about other pods.</summary>
    public bool HasAffinity => RequiredAffinity.Length + RequiredAntiAffinity.Length + PreferredAffinity.Length + PreferredAntiAffinity.Length > 0;

    /// <summary>
    /// Whether another version of the pod, perhaps the one that names its node, is the same to everything that scheduling looks at
    /// on a node.
    /// </summary>
    public bool CountsLike(Pod other) =>
        other.Metadata.Uid == Uid
        && (other.Spec == Pod.Spec || other.Spec with { NodeName = "" } == Pod.Spec)
        && other.Metadata.Labels == Labels
        && other.Metadata.DeletionTimestamp == Pod.Metadata.DeletionTimestamp
        && other.Status.StartTime == Pod.Status.StartTime
        && WasPreempted(other) == WasPreempted(Pod)
        && PodRequests.Of(other) == Requests;

    private static bool WasPreempted(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition is { Type: "DisruptionTarget", Status: "True", Reason: "PreemptionByScheduler" })
            {
                return true;
            }
        }

        return false;
    }
}
