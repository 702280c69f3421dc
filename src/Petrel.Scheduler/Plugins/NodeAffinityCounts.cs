using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>The pods on one node that matter to the required affinity between them and a pod.</summary>
/// <param name="Company">Pods that match all terms of the pod's affinity.</param>
/// <param name="Avoided">Pods that match each term of its anti-affinity; empty when none does.</param>
/// <param name="Shunning">Topology key of each term of anti-affinity of theirs that matches the pod.</param>
internal sealed record NodeAffinityCounts(int Company, int[] Avoided, string[] Shunning)
{
    private static readonly NodeAffinityCounts None = new(0, [], []);

    public static NodeAffinityCounts Of(PodInfo pod, NodeInfo node, NamespaceLabels namespaces)
    {
        // Most nodes of most clusters end here.
        var hasTerms = pod.RequiredAffinity.Length + pod.RequiredAntiAffinity.Length > 0;
        return !hasTerms && node.PodsWithRequiredAntiAffinity.Length == 0 ? None : Count(pod, hasTerms ? node.Pods : [], node.PodsWithRequiredAntiAffinity, namespaces);
    }

    public static NodeAffinityCounts Of(PodInfo pod, PodInfo other, NamespaceLabels namespaces) => Count(pod, [other], [other], namespaces);

    private static NodeAffinityCounts Count(PodInfo pod, PodInfo[] others, PodInfo[] withTerms, NamespaceLabels namespaces)
    {
        var (company, avoided) = (0, new int[pod.RequiredAntiAffinity.Length]);
        foreach (var other in others)
        {
            company += pod.RequiredAffinity.Length > 0 && Array.TrueForAll(pod.RequiredAffinity, term => term.Matches(other, namespaces)) ? 1 : 0;
            for (var i = 0; i < avoided.Length; i++)
            {
                avoided[i] += pod.RequiredAntiAffinity[i].Matches(other, namespaces) ? 1 : 0;
            }
        }

        List<string>? shunning = null;
        foreach (var term in withTerms.SelectMany(static other => other.RequiredAntiAffinity))
        {
            if (term.Matches(pod, namespaces))
            {
                (shunning ??= []).Add(term.TopologyKey);
            }
        }

        return new(company, avoided, shunning is null ? [] : [.. shunning]);
    }
}
