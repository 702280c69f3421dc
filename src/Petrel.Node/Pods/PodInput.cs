using System.Globalization;
using Petrel.Api.Core;
using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>What the API wants of a pod. Written by whoever watches it, read by its worker.</summary>
/// <param name="uid">Its own.</param>
/// <param name="pod">As the API has it at first; null for a pod that the API does not have. It is there from the beginning: a look at a
/// pod that is not known yet would take it for one that is gone, and end it.</param>
/// <param name="refusal">Why the node does not take it; null when it does.</param>
internal sealed class PodInput(string uid, Pod? pod, PodEnding? refusal, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Pod? _pod = pod;
    private volatile PodEnding? _eviction;
    private volatile bool _isGone = pod is null;
    private volatile bool _hasChanged = true;

    public string Uid => uid;

    /// <summary>The newest known; null for a pod that the API never told of.</summary>
    public Pod? Pod
    {
        get
        {
            lock (_lock)
            {
                return _pod;
            }
        }
    }

    /// <summary>The API does not have it (any more).</summary>
    public bool IsGone
    {
        get => _isGone;
        set => _isGone = value;
    }

    public bool IsToBeDeleted => IsGone || Pod?.Metadata.DeletionTimestamp is not null;

    public bool IsRefused => refusal is not null;

    /// <summary>A ConfigMap or Secret of the pod changed.</summary>
    public void ObjectsChanged() => _hasChanged = true;

    /// <summary>The node cannot let it run any longer.</summary>
    public void Evict(PodEnding ending) => _eviction = ending;

    /// <summary>Whether anything that volumes and containers are made from has changed since this was last asked; at first it has.</summary>
    public bool TakeHasChanged()
    {
        var changed = _hasChanged;
        _hasChanged = false;
        return changed;
    }

    /// <summary>Takes a newer state; true when there is anything in it that was not known.</summary>
    public bool Take(Pod pod)
    {
        lock (_lock)
        {
            var old = _pod;
            // The answer to a status patch may overtake the watch.
            if (old is not null && Revision(pod) <= Revision(old))
            {
                return false;
            }

            _pod = pod;
            _hasChanged |= old is null || old.Spec != pod.Spec || old.Metadata.Labels != pod.Metadata.Labels || old.Metadata.Annotations != pod.Metadata.Annotations;
            return old is null || WithoutRevision(old) != WithoutRevision(pod);
        }
    }

    /// <summary>Why the pod must end; null while it need not.</summary>
    /// <param name="wakeAfter">Told when it must, if that is known.</param>
    public PodEnding? Ending(Action<TimeSpan> wakeAfter)
    {
        var pod = Pod;
        if (IsGone || pod is null)
        {
            // Whoever took it out of the API did not wait for the node.
            return new PodEnding("", "", ContainerStop.LeastGrace, Fails: false);
        }

        var whole = TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30);
        var grace = pod.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: { } seconds } ? TimeSpan.FromSeconds(seconds) : whole;
        if (refusal is not null)
        {
            return refusal;
        }

        if (_eviction is not null)
        {
            return _eviction;
        }

        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            return new PodEnding("", "", grace, Fails: pod.Status.Phase == "Failed");
        }

        if (pod.Status.Reason == PodEnding.EvictedReason)
        {
            // Told by an agent that ended before it was done.
            return PodEnding.Evicted(pod.Status.Message, ContainerStop.LeastGrace);
        }

        if (pod.Status.StartTime is { } start && pod.Spec.ActiveDeadlineSeconds is { } deadline)
        {
            var left = start.AddSeconds(deadline) - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return new PodEnding("DeadlineExceeded", "Pod was active on the node longer than the specified deadline", grace, Fails: true);
            }

            wakeAfter(left);
        }

        return pod.Metadata.DeletionTimestamp is null ? null : new PodEnding("", "", grace, Fails: false);
    }

    private static ulong Revision(Pod pod) => ulong.Parse(pod.Metadata.ResourceVersion, CultureInfo.InvariantCulture);

    private static Pod WithoutRevision(Pod pod) => pod with { Metadata = pod.Metadata with { ResourceVersion = "", ManagedFields = default } };
}
