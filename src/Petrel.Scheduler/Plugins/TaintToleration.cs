using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>Keeps pods from nodes with taints they do not tolerate, and prefers nodes with few that are not hard.</summary>
internal sealed class TaintToleration : IFilterPlugin, IPreScorePlugin, IScorePlugin, INormalizeScore, IRequeuePlugin
{
    public const string PluginName = "TaintToleration";

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeTaints | ClusterEventKinds.PodChanged;

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => Untolerated(pod, node.Node) is { } taint
        ? Verdict.Unresolvable(PluginName, $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}")
        : Verdict.Success;

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        foreach (var node in feasible)
        {
            foreach (var taint in node.Node.Spec.Taints)
            {
                if (taint.Effect == "PreferNoSchedule")
                {
                    state.Set(new Soft(pod.Pod.Spec.Tolerations.RemoveAll(static toleration => toleration.Effect is not ("" or "PreferNoSchedule"))));
                    return Verdict.Success;
                }
            }
        }

        // All nodes are equal in this.
        return Verdict.Skip;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (tolerations, count) = (state.Get<Soft>().Tolerations, 0L);
        foreach (var taint in node.Node.Spec.Taints)
        {
            if (taint.Effect == "PreferNoSchedule" && !Tolerations.Tolerate(tolerations, taint))
            {
                count++;
            }
        }

        return count;
    }

    public void Normalize(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores) => ScoreRange.Scale(scores, reverse: true);

    public bool CouldHelp(PodInfo pod, ClusterEvent change) => change.NewNode is not { } node
        ? change.OldPod!.Pod.Spec.Tolerations != change.NewPod!.Pod.Spec.Tolerations
        : Untolerated(pod, node) is null && (change.OldNode is null || Untolerated(pod, change.OldNode) is not null);

    private static Taint? Untolerated(PodInfo pod, Node node) => Tolerations.FirstUntolerated(node.Spec.Taints, pod.Pod.Spec.Tolerations, Tolerations.IsHard);

    private sealed record Soft(ApiList<Toleration> Tolerations) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }
}
