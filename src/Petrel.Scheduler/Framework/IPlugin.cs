using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Framework;

/// <summary>
/// One aspect of scheduling. A plugin takes part in as many steps as it implements interfaces for; all steps up to Permit run
/// on the scheduling loop, one pod at a time, and must not wait.
/// </summary>
internal interface IPlugin
{
    string Name { get; }
}

/// <summary>Decides whether a pod may be tried at all; one that may not waits until it changes.</summary>
internal interface IPreEnqueuePlugin : IPlugin
{
    Verdict PreEnqueue(PodInfo pod);
}

/// <summary>Orders pods that wait. There is exactly one.</summary>
internal interface IQueueSortPlugin : IPlugin
{
    /// <summary>Negative when <paramref name="left"/> comes first.</summary>
    int Compare(QueuedPod left, QueuedPod right);
}

/// <summary>Looks at the pod and the cluster once, before nodes are filtered. Skip leaves the plugin's filter out.</summary>
internal interface IPreFilterPlugin : IPlugin
{
    PreFilterAnswer PreFilter(CycleState state, PodInfo pod, Snapshot nodes);
}

/// <summary>Keeps what PreFilter found right when pods are tried out on a node or off it.</summary>
internal interface IPodChanges : IPlugin
{
    void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node);

    void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node);
}

/// <summary>Says whether the pod can run on the node.</summary>
internal interface IFilterPlugin : IPlugin
{
    Verdict Filter(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Tries to make a pod schedulable that fits nowhere. The first that succeeds ends the step.</summary>
internal interface IPostFilterPlugin : IPlugin
{
    PostFilterAnswer PostFilter(PostFilterContext context);
}

/// <summary>Looks at the nodes that are left once, before they are scored. Skip leaves the plugin's score out.</summary>
internal interface IPreScorePlugin : IPlugin
{
    /// <param name="feasible">The nodes to choose from.</param>
    /// <param name="all">All nodes.</param>
    Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all);
}

/// <summary>Says how well the pod would do on the node.</summary>
internal interface IScorePlugin : IPlugin
{
    /// <summary>0 to 100 unless the plugin also normalizes.</summary>
    long Score(CycleState state, PodInfo pod, NodeInfo node);
}

/// <summary>Brings the plugin's scores into the range 0 to 100.</summary>
internal interface INormalizeScore : IPlugin
{
    /// <param name="scores">One per node of <paramref name="nodes"/>, changed in place.</param>
    void Normalize(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores);
}

/// <summary>Sets something aside for the pod on its node. Unreserve gives it back, also when Reserve did not get to run.</summary>
internal interface IReservePlugin : IPlugin
{
    Verdict Reserve(CycleState state, PodInfo pod, string node);

    void Unreserve(CycleState state, PodInfo pod, string node);
}

/// <summary>Last word before binding: allows, rejects, or lets the binding wait.</summary>
internal interface IPermitPlugin : IPlugin
{
    /// <summary>With Wait, how long at most (upstream's limit of 15 minutes holds in any case).</summary>
    (Verdict Verdict, TimeSpan Timeout) Permit(CycleState state, PodInfo pod, string node);
}

/// <summary>Does what has to be done before the pod may start on its node. Runs beside the scheduling loop.</summary>
internal interface IPreBindPlugin : IPlugin
{
    Task<Verdict> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken);
}

/// <summary>Binds the pod to its node. Skip leaves it to the next one.</summary>
internal interface IBindPlugin : IPlugin
{
    Task<Verdict> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken);
}

/// <summary>Is told of a pod that was bound.</summary>
internal interface IPostBindPlugin : IPlugin
{
    void PostBind(CycleState state, PodInfo pod, string node);
}

/// <summary>Says which changes in the cluster could help a pod that this plugin rejected (KEP-4247).</summary>
internal interface IRequeuePlugin : IPlugin
{
    ClusterEventKinds Interests { get; }

    /// <summary>Only asked about events of its interests. When in doubt, true: a pod that is not woken waits for minutes.</summary>
    bool CouldHelp(PodInfo pod, ClusterEvent change);
}
