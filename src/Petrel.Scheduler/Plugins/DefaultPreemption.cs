using Petrel.Scheduler.Framework;

namespace Petrel.Scheduler.Plugins;

/// <summary>
/// Makes room for a pod that fits nowhere, by deleting less important pods from the node where that does the least harm. The
/// pod is nominated to that node and scheduled when they are gone.
/// </summary>
internal sealed class DefaultPreemption(PluginServices services) : IPostFilterPlugin
{
    public const string PluginName = "DefaultPreemption";

    // Upstream's defaults: that many candidates are enough to choose from.
    private const int CandidatesPercentMin = 10;
    private const int CandidatesMin = 100;

    private readonly PodEviction _eviction = new(services);

    public string Name => PluginName;

    public PostFilterAnswer PostFilter(PostFilterContext context)
    {
        if (WhyNotEligible(context) is { } why)
        {
            return new(Verdict.Unschedulable(PluginName, "preemption: " + why), null);
        }

        var (candidates, rejections) = Candidates(context);
        if (PreemptionCandidate.Best(candidates) is not { } best)
        {
            return new(Verdict.Unschedulable(PluginName, "preemption: " + rejections.Message), "");
        }

        var lower = context.Filters.Nominated.On(best.Node).Where(other => other.Priority < context.Pod.Priority).ToList();
        foreach (var other in lower)
        {
            // What they hoped for goes to the more important pod.
            context.Filters.Nominated.Remove(other.Uid);
        }

        return new(Verdict.Success, best.Node, cancellationToken => _eviction.RunAsync(context.Pod, best, lower, cancellationToken));
    }

    /// <summary>Pods that must not displace others, or that already do.</summary>
    private static string? WhyNotEligible(PostFilterContext context)
    {
        if (context.Pod.Pod.Spec.PreemptionPolicy == "Never")
        {
            return "not eligible due to preemptionPolicy=Never.";
        }

        // What this scheduler last said, which the pod's status may not show yet.
        var nominated = context.Filters.Nominated.NodeOf(context.Pod.Uid);
        if (nominated.Length == 0 || context.Nodes.Find(nominated) is not { } node || context.Rejections.Of(nominated).Code == VerdictCode.UnschedulableAndUnresolvable)
        {
            return null;
        }

        return Array.Exists(node.Pods, other => other.Priority < context.Pod.Priority && other.IsPreempted)
            ? "not eligible due to a terminating pod on the nominated node."
            : null;
    }

    private static (List<PreemptionCandidate> Candidates, Rejections Rejections) Candidates(PostFilterContext context)
    {
        var rejections = new Rejections(context.Nodes, Verdict.Unresolvable(PluginName, "Preemption is not helpful for scheduling"));
        var candidates = new List<PreemptionCandidate>();
        var nodes = context.Nodes.Nodes.Where(node => context.Rejections.Of(node.Name).Code == VerdictCode.Unschedulable).ToArray();
        var enough = Math.Max(CandidatesMin, nodes.Length * CandidatesPercentMin / 100);
        var start = nodes.Length == 0 ? 0 : Random.Shared.Next(nodes.Length);
        for (var i = 0; i < nodes.Length && candidates.Count < enough; i++)
        {
            var node = nodes[(start + i) % nodes.Length];
            var (candidate, verdict) = PreemptionCandidate.Try(context, node);
            if (candidate is not null)
            {
                candidates.Add(candidate);
            }
            else
            {
                rejections.Set(node.Name, verdict);
            }
        }

        return (candidates, rejections);
    }
}
