using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Cycle;

/// <summary>
/// Finds the node for one pod: PreFilter, Filter, then PreScore and Score over what is left, or PostFilter when nothing is.
/// Pure computation over a snapshot; runs on the scheduling loop alone.
/// </summary>
internal sealed class SchedulingCycle(Profile profile, NodeFilter filters, SchedulerOptions options, Random random)
{
    private readonly NodeScoring _scoring = new(profile, random);

    // Where the next cycle begins to look, so that nodes get their turn when only a part of them is looked at.
    private int _start;

    public Decision Run(PodInfo pod, Snapshot nodes)
    {
        var state = new CycleState();

        // 1. What plugins find out about the pod before they see nodes.
        var (rejections, candidates, error) = PreFilter(state, pod, nodes);
        if (error is not null)
        {
            return new Decision(state) { Error = error };
        }

        // 2. The nodes on which it can run.
        List<NodeInfo> feasible = [];
        if (!rejections.IsWhole)
        {
            (feasible, error) = Filter(state, pod, nodes, candidates, rejections);
            if (error is not null)
            {
                return new Decision(state) { Error = error };
            }
        }

        // 3. The best of them, or room made on one.
        if (feasible.Count == 0)
        {
            return PostFilter(state, pod, nodes, rejections);
        }

        var (node, failure) = _scoring.Best(state, pod, feasible, nodes);
        return new Decision(state) { Node = node, Error = failure };
    }

    private (Rejections Rejections, IReadOnlySet<string>? Candidates, Verdict? Error) PreFilter(CycleState state, PodInfo pod, Snapshot nodes)
    {
        HashSet<string>? candidates = null;
        var (limiting, skipped) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var plugin in profile.PreFilter)
        {
            var answer = plugin.PreFilter(state, pod, nodes);
            if (answer.Verdict.IsRejected)
            {
                return (Whole(nodes, answer.Verdict), null, null);
            }

            if (answer.Verdict.Code == VerdictCode.Error)
            {
                return (Whole(nodes, answer.Verdict), null, answer.Verdict);
            }

            if (answer.Verdict.Code == VerdictCode.Skip)
            {
                skipped.Add(plugin.Name);
            }

            if (answer.Nodes is { } only)
            {
                limiting.Add(plugin.Name);
                candidates = candidates is null ? new HashSet<string>(only, StringComparer.Ordinal) : [.. candidates.Where(only.Contains)];
            }
        }

        state.Filters = skipped.Count == 0 ? profile.Filter : [.. profile.Filter.Where(plugin => !skipped.Contains(plugin.Name))];
        var others = candidates is null ? Verdict.Success : Verdict.Unresolvable("", $"node(s) didn't satisfy plugin(s) [{string.Join(' ', limiting)}]");
        var rejections = new Rejections(nodes, others);
        rejections.Plugins.UnionWith(limiting);
        return (rejections, candidates, null);
    }

    private static Rejections Whole(Snapshot nodes, Verdict verdict)
    {
        var rejections = new Rejections(nodes, verdict) { IsWhole = true };
        rejections.Plugins.Add(verdict.Plugin);
        return rejections;
    }

    private (List<NodeInfo> Feasible, Verdict? Error) Filter(CycleState state, PodInfo pod, Snapshot nodes, IReadOnlySet<string>? candidates, Rejections rejections)
    {
        var feasible = new List<NodeInfo>();

        // Room was made for the pod: where it still fits there, that is its node.
        if (filters.Nominated.NodeOf(pod.Uid) is { Length: > 0 } nominated && (candidates is null || candidates.Contains(nominated)) && nodes.Find(nominated) is { } hoped)
        {
            var verdict = filters.Run(state, pod, hoped);
            if (verdict.Code is VerdictCode.Success or VerdictCode.Error)
            {
                return verdict.IsSuccess ? ([hoped], null) : (feasible, verdict);
            }
        }

        var wanted = candidates is null ? EnoughNodes(nodes.Count) : candidates.Count;
        var (looked, start) = (0, nodes.Count == 0 ? 0 : _start % nodes.Count);
        for (; looked < nodes.Count && feasible.Count < wanted; looked++)
        {
            var node = nodes.Nodes[(start + looked) % nodes.Count];
            if (candidates is not null && !candidates.Contains(node.Name))
            {
                continue;
            }

            var verdict = filters.Run(state, pod, node);
            if (verdict.IsSuccess)
            {
                feasible.Add(node);
            }
            else if (verdict.Code == VerdictCode.Error)
            {
                return (feasible, verdict);
            }
            else
            {
                rejections.Set(node.Name, verdict);
            }
        }

        _start = nodes.Count == 0 ? 0 : (start + looked) % nodes.Count;
        return (feasible, null);
    }

    /// <summary>How many feasible nodes are enough to choose from.</summary>
    internal int EnoughNodes(int count)
    {
        const int AlwaysEnough = 100;
        if (count < AlwaysEnough || options.PercentageOfNodesToScore >= 100)
        {
            return count;
        }

        var percentage = options.PercentageOfNodesToScore != 0 ? options.PercentageOfNodesToScore : Math.Max(5, 50 - (count / 125));
        return Math.Max(AlwaysEnough, (int)((long)count * percentage / 100));
    }

    private Decision PostFilter(CycleState state, PodInfo pod, Snapshot nodes, Rejections rejections)
    {
        var context = new PostFilterContext(state, pod, nodes, rejections, filters);
        string? nominated = null;
        foreach (var plugin in profile.PostFilter)
        {
            var answer = plugin.PostFilter(context);
            if (answer.Verdict.Code == VerdictCode.Error)
            {
                return new Decision(state) { Error = answer.Verdict };
            }

            nominated = answer.Nominated ?? nominated;
            rejections.PostFilterMessage = answer.Verdict.Message;
            if (answer.Verdict.IsSuccess)
            {
                return new Decision(state) { Rejections = rejections, Nominated = nominated, Work = answer.Work };
            }
        }

        return new Decision(state) { Rejections = rejections, Nominated = nominated };
    }
}
