using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>How much the pods on one node speak for or against another pod in their topology.</summary>
internal static class AffinityPreferences
{
    // Pods that require the company of pods like this one are glad of it a little (hardPodAffinityWeight).
    private const int RequiredWeight = 1;

    /// <summary>Sums of weights by topology key.</summary>
    public static KeyValuePair<string, long>[] Of(PodInfo pod, NodeInfo node, NamespaceLabels namespaces)
    {
        var hasTerms = pod.PreferredAffinity.Length + pod.PreferredAntiAffinity.Length > 0;
        if (!hasTerms && node.PodsWithAffinity.Length == 0)
        {
            return [];
        }

        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var other in hasTerms ? node.Pods : [])
        {
            Add(sums, pod.PreferredAffinity, other, namespaces, static term => term.Weight);
            Add(sums, pod.PreferredAntiAffinity, other, namespaces, static term => -term.Weight);
        }

        foreach (var other in node.PodsWithAffinity)
        {
            Add(sums, other.RequiredAffinity, pod, namespaces, static _ => RequiredWeight);
            Add(sums, other.PreferredAffinity, pod, namespaces, static term => term.Weight);
            Add(sums, other.PreferredAntiAffinity, pod, namespaces, static term => -term.Weight);
        }

        return [.. sums];
    }

    private static void Add(Dictionary<string, long> sums, AffinityTerm[] terms, PodInfo about, NamespaceLabels namespaces, Func<AffinityTerm, int> weight)
    {
        foreach (var term in terms)
        {
            if (term.Matches(about, namespaces))
            {
                sums[term.TopologyKey] = sums.GetValueOrDefault(term.TopologyKey) + weight(term);
            }
        }
    }
}
