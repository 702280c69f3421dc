using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>spec.nodeSelector and spec.affinity.nodeAffinity: what a pod requires of nodes, and what it prefers.</summary>
internal sealed class NodeAffinity : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, INormalizeScore, IRequeuePlugin
{
    public const string PluginName = "NodeAffinity";

    private static readonly Verdict NoMatch = Verdict.Unresolvable(PluginName, "node(s) didn't match Pod's node affinity/selector");
    private static readonly Verdict Conflict = Verdict.Unresolvable(PluginName, "pod affinity terms conflict");

    public string Name => PluginName;

    public ClusterEventKinds Interests => ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeLabels | ClusterEventKinds.PodChanged;

    public PreFilterAnswer PreFilter(CycleState state, PodInfo pod, Snapshot nodes)
    {
        var required = RequiredNodes.Of(pod.Pod);
        if (required.IsAny)
        {
            return PreFilterAnswer.Skip;
        }

        state.Set(new Required(required));
        var names = required.Names;
        return names is { Count: 0 } ? Conflict : new PreFilterAnswer(Verdict.Success, names);
    }

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => state.Get<Required>().Nodes.Matches(node.Node) ? Verdict.Success : NoMatch;

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        if (pod.Pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution is not { Count: > 0 } terms)
        {
            return Verdict.Skip;
        }

        state.Set(new Preferred([.. terms.Select(static term => (new NodeTerm(term.Preference), term.Weight))]));
        return Verdict.Success;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var sum = 0L;
        foreach (var (term, weight) in state.Get<Preferred>().Terms)
        {
            sum += term.Matches(node.Node) ? weight : 0;
        }

        return sum;
    }

    public void Normalize(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores) => ScoreRange.Scale(scores, reverse: false);

    public bool CouldHelp(PodInfo pod, ClusterEvent change)
    {
        var required = RequiredNodes.Of(pod.Pod);
        return change.NewNode is not { } node
            ? change.OldPod!.Pod.Spec.Affinity != change.NewPod!.Pod.Spec.Affinity || change.OldPod.Pod.Spec.NodeSelector != change.NewPod.Pod.Spec.NodeSelector
            : required.Matches(node) && (change.OldNode is null || !required.Matches(change.OldNode));
    }

    private sealed record Required(RequiredNodes Nodes) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }

    private sealed record Preferred((NodeTerm Term, int Weight)[] Terms) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }
}
