using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>A node on which a pod would fit if some less important pods were gone.</summary>
/// <param name="Victims">Those pods, the most important first.</param>
internal sealed record PreemptionCandidate(string Node, IReadOnlyList<PodInfo> Victims)
{
    private static readonly Verdict NoVictims = Verdict.Unresolvable(DefaultPreemption.PluginName, "No preemption victims found for incoming pod");

    /// <summary>The fewest victims that are enough, or why not even all are.</summary>
    public static (PreemptionCandidate? Candidate, Verdict Verdict) Try(PostFilterContext context, NodeInfo node)
    {
        var (pod, filters, state) = (context.Pod, context.Filters, context.State.Clone());
        var lower = node.Pods.Where(other => other.Priority < pod.Priority).OrderBy(static other => other, ByImportance).ToList();
        if (lower.Count == 0)
        {
            return (null, NoVictims);
        }

        // 1. Without all of them.
        var reduced = node;
        foreach (var other in lower)
        {
            reduced = filters.RemovePod(state, pod, other, reduced);
        }

        var verdict = filters.Run(state, pod, reduced);
        if (!verdict.IsSuccess)
        {
            return (null, verdict);
        }

        // 2. Those beside which it still fits may stay, the most important first.
        var victims = new List<PodInfo>();
        foreach (var other in lower)
        {
            var with = filters.AddPod(state, pod, other, reduced);
            if (filters.Run(state, pod, with).IsSuccess)
            {
                reduced = with;
            }
            else
            {
                reduced = filters.RemovePod(state, pod, other, with);
                victims.Add(other);
            }
        }

        return (new PreemptionCandidate(node.Name, victims), Verdict.Success);
    }

    /// <summary>
    /// The one that does the least harm: the least important of the most important victims, then the smallest sum of
    /// priorities, the fewest victims, and the latest start of the most important ones.
    /// </summary>
    public static PreemptionCandidate? Best(IReadOnlyList<PreemptionCandidate> candidates) =>
        candidates.FirstOrDefault(static candidate => candidate.Victims.Count == 0)
        ?? candidates
            .OrderBy(static candidate => candidate.Victims[0].Priority)
            // Moved above zero, so that of negative priorities more are not less.
            .ThenBy(static candidate => candidate.Victims.Sum(static victim => (long)victim.Priority + int.MaxValue + 1))
            .ThenBy(static candidate => candidate.Victims.Count)
            .ThenByDescending(static candidate => candidate.Victims.Where(victim => victim.Priority == candidate.Victims[0].Priority).Min(StartOf))
            .FirstOrDefault();

    /// <summary>More important pods first: higher priority, then those that run for longer.</summary>
    private static Comparer<PodInfo> ByImportance { get; } = Comparer<PodInfo>.Create(static (left, right) =>
    {
        var order = right.Priority.CompareTo(left.Priority);
        return order != 0 ? order : StartOf(left).CompareTo(StartOf(right));
    });

    // A pod that has not started yet is the youngest.
    private static DateTimeOffset StartOf(PodInfo pod) => pod.Pod.Status.StartTime ?? DateTimeOffset.MaxValue;
}
