using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>A pod that names its node goes there and nowhere else.</summary>
internal sealed class NodeName : IFilterPlugin, IRequeuePlugin
{
    public const string PluginName = "NodeName";

    private static readonly Verdict OtherNode = Verdict.Unresolvable(PluginName, "node(s) didn't match the requested node name");

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.NodeAdded;

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => Fits(pod, node.Name) ? Verdict.Success : OtherNode;

    public bool CouldHelp(PodInfo pod, ClusterEvent change) => Fits(pod, change.NewNode!.Metadata.Name);

    private static bool Fits(PodInfo pod, string node) => pod.Pod.Spec.NodeName.Length == 0 || pod.Pod.Spec.NodeName == node;
}
