using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>Keeps pods from cordoned nodes, except those that tolerate the taint of cordoned nodes.</summary>
internal sealed class NodeUnschedulable : IFilterPlugin, IRequeuePlugin
{
    public const string PluginName = "NodeUnschedulable";

    private static readonly Taint Cordoned = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };
    private static readonly Verdict IsCordoned = Verdict.Unresolvable(PluginName, "node(s) were unschedulable");

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeTaints | ClusterEventKinds.PodChanged;

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => Fits(pod, node.Node) ? Verdict.Success : IsCordoned;

    public bool CouldHelp(PodInfo pod, ClusterEvent change) => change.NewNode is { } node
        ? Fits(pod, node) && (change.OldNode is null || !Fits(pod, change.OldNode))
        : Tolerations.Tolerate(pod.Pod.Spec.Tolerations, Cordoned);

    private static bool Fits(PodInfo pod, Node node) => !node.Spec.Unschedulable || Tolerations.Tolerate(pod.Pod.Spec.Tolerations, Cordoned);
}
