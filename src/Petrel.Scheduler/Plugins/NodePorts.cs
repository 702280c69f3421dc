using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>A host port can be given to one pod of a node.</summary>
internal sealed class NodePorts : IPreFilterPlugin, IFilterPlugin, IRequeuePlugin
{
    public const string PluginName = "NodePorts";

    private static readonly Verdict InUse = Verdict.Unschedulable(PluginName, "node(s) didn't have free ports for the requested pod ports");

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.NodeAdded | ClusterEventKinds.AssignedPodDeleted;

    public PreFilterAnswer PreFilter(CycleState state, PodInfo pod, Snapshot nodes) => pod.HostPorts.Length == 0 ? PreFilterAnswer.Skip : PreFilterAnswer.Success;

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var other in node.Pods)
        {
            if (other.HostPorts.Length > 0 && Conflict(pod, other))
            {
                return InUse;
            }
        }

        return Verdict.Success;
    }

    public bool CouldHelp(PodInfo pod, ClusterEvent change) => change.OldPod is not { } gone || Conflict(pod, gone);

    private static bool Conflict(PodInfo pod, PodInfo other)
    {
        foreach (var wanted in pod.HostPorts)
        {
            foreach (var used in other.HostPorts)
            {
                if (wanted.ConflictsWith(used))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
