using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>Prefers nodes on which cpu and memory would be used to a similar part, so that neither is left over without the other.</summary>
internal sealed class NodeResourcesBalancedAllocation : IPreScorePlugin, IScorePlugin
{
    public string Name => "NodeResourcesBalancedAllocation";

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all) =>
        // A pod that asks for nothing does not change the balance.
        pod.Requests is { MilliCpu: 0, Memory: 0 } ? Verdict.Skip : Verdict.Success;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (allocatable, requested) = (node.Allocatable, node.Requested.Add(pod.Requests));
        if (allocatable.MilliCpu == 0 || allocatable.Memory == 0)
        {
            // One resource alone is always in balance.
            return ScoreRange.Max;
        }

        var cpu = Math.Min(1, (double)requested.MilliCpu / allocatable.MilliCpu);
        var memory = Math.Min(1, (double)requested.Memory / allocatable.Memory);

        // The standard deviation of two values is half their distance.
        return (long)((1 - (Math.Abs(cpu - memory) / 2)) * ScoreRange.Max);
    }
}
