namespace Petrel.Scheduler.Queue;

/// <summary>Changes in the cluster that can make a pod schedulable.</summary>
[Flags]
internal enum ClusterEventKinds
{
    None = 0,
    NodeAdded = 1,

    /// <summary>What pods may take of the node.</summary>
    NodeAllocatable = 2,
    NodeLabels = 4,

    /// <summary>Taints or spec.unschedulable.</summary>
    NodeTaints = 8,
    NodeDeleted = 16,
    AssignedPodAdded = 32,
    AssignedPodLabels = 64,

    /// <summary>A pod on a node asks for less than before.</summary>
    AssignedPodScaledDown = 128,

    /// <summary>A pod on a node is gone or has ended.</summary>
    AssignedPodDeleted = 256,

    /// <summary>The waiting pod itself.</summary>
    PodChanged = 512,
    NamespaceLabels = 1024,
}
