using Petrel.Api.Core;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Queue;

/// <summary>One change.</summary>
internal sealed record ClusterEvent(ClusterEventKinds Kinds)
{
    /// <summary>The node before; null when it is new or it is not about a node.</summary>
    public Node? OldNode { get; init; }

    /// <summary>The node now.</summary>
    public Node? NewNode { get; init; }

    /// <summary>The pod before; null when it is new or it is not about a pod.</summary>
    public PodInfo? OldPod { get; init; }

    /// <summary>The pod now.</summary>
    public PodInfo? NewPod { get; init; }

    public bool Is(ClusterEventKinds kind) => (Kinds & kind) != 0;
}
