using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>A node has to have what the pod asks for, and one with more to spare is preferred (LeastAllocated).</summary>
internal sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin, IRequeuePlugin
{
    public const string PluginName = "NodeResourcesFit";

    public string Name => PluginName;

    public ClusterEventKinds Interests =>
        ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeAllocatable | ClusterEventKinds.AssignedPodDeleted | ClusterEventKinds.AssignedPodScaledDown | ClusterEventKinds.PodChanged;

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (request, allocatable, requested) = (pod.Requests, node.Allocatable, node.Requested);
        List<string>? reasons = null;
        if (node.Pods.Length + 1 > node.AllocatablePods)
        {
            (reasons ??= []).Add("Too many pods");
        }

        if (Exceeds(request.MilliCpu, allocatable.MilliCpu, requested.MilliCpu))
        {
            (reasons ??= []).Add("Insufficient cpu");
        }

        if (Exceeds(request.Memory, allocatable.Memory, requested.Memory))
        {
            (reasons ??= []).Add("Insufficient memory");
        }

        if (Exceeds(request.EphemeralStorage, allocatable.EphemeralStorage, requested.EphemeralStorage))
        {
            (reasons ??= []).Add("Insufficient ephemeral-storage");
        }

        foreach (var (name, amount) in request.Extended)
        {
            if (Exceeds(amount, allocatable.ExtendedAmount(name), requested.ExtendedAmount(name)))
            {
                (reasons ??= []).Add("Insufficient " + name);
            }
        }

        return reasons is null ? Verdict.Success : Verdict.Unschedulable(PluginName, reasons);
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (allocatable, requested) = (node.Allocatable, node.RequestedWithDefaults.Add(pod.RequestsWithDefaults));
        var (score, count) = (0L, 0);
        if (allocatable.MilliCpu > 0)
        {
            score += Spare(requested.MilliCpu, allocatable.MilliCpu);
            count++;
        }

        if (allocatable.Memory > 0)
        {
            score += Spare(requested.Memory, allocatable.Memory);
            count++;
        }

        return count == 0 ? 0 : score / count;
    }

    public bool CouldHelp(PodInfo pod, ClusterEvent change)
    {
        if (change.NewNode is { } node)
        {
            // Only a node that could take the pod if it were empty.
            return Filter(new CycleState(), pod, NodeInfo.Of(node)).IsSuccess;
        }

        return !change.Is(ClusterEventKinds.PodChanged) || change.NewPod!.Requests != change.OldPod!.Requests;
    }

    // A resource that is not asked for fits, however overcommitted it is.
    private static bool Exceeds(long request, long allocatable, long requested) => request > 0 && request > allocatable - requested;

    private static long Spare(long requested, long allocatable) =>
        requested > allocatable ? 0 : (long)((Int128)(allocatable - requested) * ScoreRange.Max / allocatable);
}
