using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Plugins;

/// <summary>
/// Affinity and anti-affinity between pods, by topology: what the pod says about others, and what others said about pods like
/// it.
/// </summary>
internal sealed class InterPodAffinity : IPreFilterPlugin, IPodChanges, IFilterPlugin, IPreScorePlugin, IScorePlugin, INormalizeScore, IRequeuePlugin
{
    public const string PluginName = "InterPodAffinity";

    private static readonly Verdict NoAffinity = Verdict.Unresolvable(PluginName, "node(s) didn't match pod affinity rules");
    private static readonly Verdict Avoided = Verdict.Unschedulable(PluginName, "node(s) didn't match pod anti-affinity rules");
    private static readonly Verdict Shunned = Verdict.Unschedulable(PluginName, "node(s) didn't satisfy existing pods anti-affinity rules");

    private readonly NamespaceLabels _namespaces;
    private readonly NodeMemo<AffinityQuestion, NodeAffinityCounts> _counts;
    private readonly NodeMemo<AffinityQuestion, KeyValuePair<string, long>[]> _preferences;

    public InterPodAffinity(NamespaceLabels namespaces)
    {
        _namespaces = namespaces;
        _counts = new((question, node) => NodeAffinityCounts.Of(question.Pod, node, namespaces));
        _preferences = new((question, node) => AffinityPreferences.Of(question.Pod, node, namespaces));
    }

    public string Name => PluginName;

    public ClusterEventKinds Interests =>
        ClusterEventKinds.NodeAdded | ClusterEventKinds.NodeLabels | ClusterEventKinds.AssignedPodAdded | ClusterEventKinds.AssignedPodLabels
        | ClusterEventKinds.AssignedPodDeleted | ClusterEventKinds.NamespaceLabels | ClusterEventKinds.PodChanged;

    public PreFilterAnswer PreFilter(CycleState state, PodInfo pod, Snapshot nodes)
    {
        var found = new Found();
        var column = _counts.For(new AffinityQuestion(pod, _namespaces.Version), nodes);
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes.Nodes[i];
            found.Add(pod, node.Node, column[i, node], 1);
        }

        state.Set(found);
        return found.Shunning.IsEmpty && pod.RequiredAffinity.Length == 0 && pod.RequiredAntiAffinity.Length == 0 ? PreFilterAnswer.Skip : PreFilterAnswer.Success;
    }

    public void AddPod(CycleState state, PodInfo pod, PodInfo added, NodeInfo node) =>
        state.Find<Found>()?.Add(pod, node.Node, NodeAffinityCounts.Of(pod, added, _namespaces), 1);

    public void RemovePod(CycleState state, PodInfo pod, PodInfo removed, NodeInfo node) =>
        state.Find<Found>()?.Add(pod, node.Node, NodeAffinityCounts.Of(pod, removed, _namespaces), -1);

    public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var found = state.Get<Found>();
        if (!HasCompany(pod, node, found))
        {
            return NoAffinity;
        }

        foreach (var term in pod.RequiredAntiAffinity)
        {
            if (found.Avoided.At(node.Node, term.TopologyKey) > 0)
            {
                return Avoided;
            }
        }

        if (!found.Shunning.IsEmpty)
        {
            foreach (var key in found.ShunningKeys)
            {
                if (found.Shunning.At(node.Node, key) > 0)
                {
                    return Shunned;
                }
            }
        }

        return Verdict.Success;
    }

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        var scores = new TopologyCounts();
        var column = _preferences.For(new AffinityQuestion(pod, _namespaces.Version), all);
        for (var i = 0; i < all.Count; i++)
        {
            var node = all.Nodes[i];
            foreach (var (key, weight) in column[i, node])
            {
                scores.Add(node.Node, key, weight);
            }
        }

        if (scores.IsEmpty)
        {
            return Verdict.Skip;
        }

        state.Set(new Preferred(scores, [.. scores.Keys]));
        return Verdict.Success;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (scores, keys) = state.Get<Preferred>();
        var sum = 0L;
        foreach (var key in keys)
        {
            sum += scores.At(node.Node, key);
        }

        return sum;
    }

    /// <summary>The worst node gets 0 and the best 100: scores may be negative.</summary>
    public void Normalize(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var score in scores)
        {
            (min, max) = (Math.Min(min, score), Math.Max(max, score));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = max == min ? 0 : (long)(ScoreRange.Max * ((double)(scores[i] - min) / (max - min)));
        }
    }

    public bool CouldHelp(PodInfo pod, ClusterEvent change)
    {
        if (change.NewNode is { } node)
        {
            // A node in a topology that the pod's terms speak of; without terms, others shun the pod where it could be.
            return change.OldNode is null
                || pod.RequiredAffinity.Concat(pod.RequiredAntiAffinity).Any(term => LabelOf(change.OldNode, term.TopologyKey) != LabelOf(node, term.TopologyKey))
                || pod.RequiredAffinity.Length + pod.RequiredAntiAffinity.Length == 0;
        }

        if (change.Is(ClusterEventKinds.PodChanged | ClusterEventKinds.NamespaceLabels))
        {
            return true;
        }

        // The company it looks for came, or what it avoids or is shunned by went.
        return (change.NewPod is { } come && MatchesAll(pod, come) && (change.OldPod is null || !MatchesAll(pod, change.OldPod)))
            || (change.OldPod is { } gone && IsApart(pod, gone) && (change.NewPod is null || !IsApart(pod, change.NewPod)));
    }

    private bool MatchesAll(PodInfo pod, PodInfo other) => pod.RequiredAffinity.Length > 0 && Array.TrueForAll(pod.RequiredAffinity, term => term.Matches(other, _namespaces));

    private bool IsApart(PodInfo pod, PodInfo other) =>
        Array.Exists(pod.RequiredAntiAffinity, term => term.Matches(other, _namespaces)) || Array.Exists(other.RequiredAntiAffinity, term => term.Matches(pod, _namespaces));

    private bool HasCompany(PodInfo pod, NodeInfo node, Found found)
    {
        var isThere = true;
        foreach (var term in pod.RequiredAffinity)
        {
            // Being near others in a topology takes a node that is in the topology.
            if (!node.Node.Metadata.Labels.ContainsKey(term.TopologyKey))
            {
                return false;
            }

            isThere &= found.Company.At(node.Node, term.TopologyKey) > 0;
        }

        // The first of a group of pods that want to be together may go anywhere, or none could ever start.
        return isThere || (found.Company.IsEmpty && Array.TrueForAll(pod.RequiredAffinity, term => term.Matches(pod, _namespaces)));
    }

    private static string? LabelOf(Api.Core.Node node, string key) => node.Metadata.Labels.GetValueOrDefault(key);

    /// <summary>How many pods there are that matter, by topology.</summary>
    private sealed class Found : ICycleData
    {
        private string[]? _shunningKeys;

        /// <summary>Pods that match all the terms of the pod's affinity.</summary>
        public TopologyCounts Company { get; private init; } = new();

        /// <summary>Pods that match a term of the pod's anti-affinity.</summary>
        public TopologyCounts Avoided { get; private init; } = new();

        /// <summary>Pods with a term of anti-affinity that matches the pod.</summary>
        public TopologyCounts Shunning { get; private init; } = new();

        public string[] ShunningKeys => _shunningKeys ??= [.. Shunning.Keys];

        public void Add(PodInfo pod, Api.Core.Node node, NodeAffinityCounts counts, int sign)
        {
            foreach (var term in counts.Company == 0 ? [] : pod.RequiredAffinity)
            {
                Company.Add(node, term.TopologyKey, sign * counts.Company);
            }

            for (var i = 0; i < counts.Avoided.Length; i++)
            {
                Avoided.Add(node, pod.RequiredAntiAffinity[i].TopologyKey, sign * counts.Avoided[i]);
            }

            foreach (var key in counts.Shunning)
            {
                Shunning.Add(node, key, sign);
            }

            _shunningKeys = null;
        }

        public ICycleData Clone() => new Found { Company = Company.Clone(), Avoided = Avoided.Clone(), Shunning = Shunning.Clone() };
    }

    private sealed record Preferred(TopologyCounts Scores, string[] Keys) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }
}
