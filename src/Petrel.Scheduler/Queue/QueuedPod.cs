using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Queue;

/// <summary>A pod without a node, and where it stands. Guarded by its queue.</summary>
internal sealed class QueuedPod(PodInfo pod, long number)
{
    public PodInfo Pod { get; set; } = pod;

    /// <summary>Tells pods apart that are equal to the sort plugin.</summary>
    public long Number => number;

    public QueuePlace Place { get; set; }

    /// <summary>When it came into the queue, or came back into it last; timestamp of the queue's clock.</summary>
    public long QueuedAt { get; set; }

    /// <summary>Not tried before; timestamp of the queue's clock.</summary>
    public long BackoffUntil { get; set; }

    /// <summary>Times it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Plugins that rejected it in the last attempt, or that keep it from being tried.</summary>
    public IReadOnlySet<string> RejectedBy { get; set; } = new HashSet<string>();

    /// <summary>What those plugins want to hear of.</summary>
    public ClusterEventKinds Interests { get; set; }

    /// <summary>Number of the first event that came after its attempt began.</summary>
    public long EventsFrom { get; set; }

    /// <summary>What happened to the pod itself during its attempt.</summary>
    public List<ClusterEvent> OwnChanges { get; } = [];
}

/// <summary>Where a pod without a node is.</summary>
internal enum QueuePlace
{
    /// <summary>Not to be tried: a PreEnqueue plugin holds it.</summary>
    Gated,

    /// <summary>To be tried.</summary>
    Active,

    /// <summary>Could be tried again, but failed a short time ago.</summary>
    Backoff,

    /// <summary>Failed for a reason that has nothing to do with where it fits; tried again after its backoff.</summary>
    ErrorBackoff,

    /// <summary>Fits nowhere: waits for an event that could help.</summary>
    Unschedulable,

    /// <summary>Is being tried.</summary>
    Scheduling,

    /// <summary>Has a node, and is being bound to it.</summary>
    Binding,
}
