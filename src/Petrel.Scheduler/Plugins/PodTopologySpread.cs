using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>spec.topologySpreadConstraints: pods like this one are spread evenly over the domains of a topology.</summary>
internal sealed class PodTopologySpread : IPreFilterPlugin, IPodChanges, IFilterPlugin, IPreScorePlugin, IScorePlugin, INormalizeScore, IRequeuePlugin
{
    public const string PluginName = "PodTopologySpread";

    private static readonly Verdict Uneven = Verdict.Unschedulable(PluginName, "node(s) didn't match pod topology spread constraints");
    private static readonly Verdict NoDomain = Verdict.Unresolvable(PluginName, "node(s) didn't match pod topology spread constraints (missing required label)");

    private readonly OwnSelectors _selectors;
    private readonly NodeMemo<(string Namespace, LabelSelector Selector), int> _counts = new(static (question, node) => Count(node, question.Namespace, question.Selector));

    public PodTopologySpread(PluginServices services) => _selectors = new OwnSelectors(services.Informers);

    public string Name => PluginName;

    public ClusterEventKinds Interests =>
        ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeDeleted | ClusterEventKinds.NodeLabels | ClusterEventKinds.NodeTaints
        | ClusterEventKinds.AssignedPodAdded | ClusterEventKinds.AssignedPodLabels | ClusterEventKinds.AssignedPodDeleted | ClusterEventKinds.PodChanged;

    public PreFilterAnswer PreFilter(CycleState state, PodInfo pod, Snapshot nodes)
    {
        var constraints = SpreadConstraint.Of(pod.Pod, isHard: true);
        if (constraints.Length == 0)
        {
            return PreFilterAnswer.Skip;
        }

        var required = RequiredNodes.Of(pod.Pod);
        var domains = constraints.Select(static constraint => new SpreadDomains(constraint)).ToArray();
        var columns = constraints.Select(constraint => _counts.For((pod.Namespace, constraint.Selector), nodes)).ToArray();
        for (var position = 0; position < nodes.Count; position++)
        {
            var node = nodes.Nodes[position];
            if (!HasLabels(node.Node, constraints))
            {
                continue;
            }

            for (var i = 0; i < domains.Length; i++)
            {
                if (constraints[i].Includes(pod.Pod, node.Node, required))
                {
                    domains[i].Add(node.Node, columns[i][position, node]);
                }
            }
        }

        state.Set(new Spread(constraints, domains, required));
        return PreFilterAnswer.Success;
    }

    public void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) => Change(state, pod, added, node, 1);

    public void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) => Change(state, pod, removed, node, -1);

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var domains in state.Get<Spread>().Domains)
        {
            var constraint = domains.Constraint;
            if (!node.Node.Metadata.Labels.TryGetValue(constraint.TopologyKey, out var value))
            {
                return NoDomain;
            }

            if (domains.CountOf(value) + constraint.SelfMatch - domains.Fewest > constraint.MaxSkew)
            {
                return Uneven;
            }
        }

        return Verdict.Success;
    }

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        var isOwn = pod.Pod.Spec.TopologySpreadConstraints.Count > 0;
        var constraints = isOwn ? SpreadConstraint.Of(pod.Pod, isHard: false) : _selectors.Of(pod.Pod) is { } selector ? SpreadConstraint.Defaults(pod.Pod, selector) : [];
        if (constraints.Length == 0)
        {
            return Verdict.Skip;
        }

        // The cluster's own constraints hold as far as nodes have the labels.
        var scoring = new SpreadScoring(constraints, needsAllLabels: isOwn, feasible);
        var required = RequiredNodes.Of(pod.Pod);
        var columns = constraints.Select(constraint => _counts.For((pod.Namespace, constraint.Selector), all)).ToArray();
        for (var position = 0; position < all.Count; position++)
        {
            var node = all.Nodes[position];
            if (isOwn && !HasLabels(node.Node, constraints))
            {
                continue;
            }

            for (var i = 0; i < constraints.Length; i++)
            {
                if (constraints[i].Includes(pod.Pod, node.Node, required))
                {
                    scoring.Add(i, node.Node, columns[i][position, node]);
                }
            }
        }

        state.Set(new Scored(scoring, all, columns));
        return Verdict.Success;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var scored = state.Get<Scored>();
        var position = scored.Nodes.PositionOf(node.Name);
        return scored.Scoring.Score(node.Node, i => scored.Columns[i][position, node]);
    }

    public void Normalize(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores) => state.Get<Scored>().Scoring.Normalize(nodes, scores);

    public bool CouldHelp(PodInfo pod, ClusterEvent change)
    {
        if (change.Is(ClusterEventKinds.PodChanged))
        {
            return true;
        }

        var constraints = SpreadConstraint.Of(pod.Pod, isHard: true);
        if (change.NewNode is not null || change.OldNode is not null)
        {
            // A domain came, went or changed.
            return (change.NewNode is { } come && HasLabels(come, constraints)) || (change.OldNode is { } gone && HasLabels(gone, constraints));
        }

        return Array.Exists(constraints, constraint => IsCounted(pod, change.OldPod, constraint) != IsCounted(pod, change.NewPod, constraint));
    }

    private static bool IsCounted(PodInfo pod, PodInfo? other, SpreadConstraint constraint) =>
        other is { IsTerminating: false } && other.Namespace == pod.Namespace && constraint.Selector.Matches(other.Labels);

    private static void Change(CycleState state, PodInfo pod, PodInfo other, NodeInfo node, int sign)
    {
        if (state.Find<Spread>() is not { } spread || !HasLabels(node.Node, spread.Constraints))
        {
            return;
        }

        foreach (var domains in spread.Domains)
        {
            if (IsCounted(pod, other, domains.Constraint) && domains.Constraint.Includes(pod.Pod, node.Node, spread.Required))
            {
                domains.Add(node.Node, sign);
            }
        }
    }

    private static bool HasLabels(Node node, SpreadConstraint[] constraints)
    {
        foreach (var constraint in constraints)
        {
            if (!node.Metadata.Labels.ContainsKey(constraint.TopologyKey))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Pods that are going leave their place to others.</summary>
    private static int Count(NodeInfo node, string @namespace, LabelSelector selector)
    {
        var count = 0;
        foreach (var pod in node.Pods)
        {
            count += !pod.IsTerminating && pod.Namespace == @namespace && selector.Matches(pod.Labels) ? 1 : 0;
        }

        return count;
    }

    private sealed record Spread(SpreadConstraint[] Constraints, SpreadDomains[] Domains, RequiredNodes Required) : ICycleData
    {
        ICycleData ICycleData.Clone() => new Spread(Constraints, Array.ConvertAll(Domains, static domains => domains.Clone()), Required);
    }

    private sealed record Scored(SpreadScoring Scoring, Snapshot Nodes, NodeMemo<(string, LabelSelector), int>.Column[] Columns) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }
}
