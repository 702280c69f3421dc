using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Selectors;

namespace Petrel.Scheduler.Nodes;

/// <summary>One term of a pod's affinity or anti-affinity to other pods, ready to be matched.</summary>
/// <param name="Namespaces">Namespaces whose pods are meant, besides those the selector names.</param>
/// <param name="NamespaceSelector">Selects namespaces by their labels; null for none.</param>
/// <param name="Weight">Weight of a preferred term; 0 for a required one.</param>
internal sealed record AffinityTerm(ApiList<string> Namespaces, LabelSelectorExpression? NamespaceSelector, LabelSelectorExpression Selector, string TopologyKey, int Weight)
{
    public static AffinityTerm Of(Pod pod, PodAffinityTerm term, int weight = 0) => new(
        term.Namespaces.IsEmpty && term.NamespaceSelector is null ? [pod.Metadata.Namespace] : term.Namespaces,
        term.NamespaceSelector is null ? null : LabelSelectorExpression.From(term.NamespaceSelector),
        LabelSelectorExpression.From(term.LabelSelector),
        term.TopologyKey,
        weight);

    public bool Matches(PodInfo other, NamespaceLabels namespaces)
    {
        var isMeant = Namespaces.Contains(other.Namespace)
            || (NamespaceSelector is not null && (NamespaceSelector.IsEmpty || NamespaceSelector.Matches(namespaces.Of(other.Namespace))));
        return isMeant && Selector.Matches(other.Labels);
    }

    public static AffinityTerm[] Required(Pod pod, ApiList<PodAffinityTerm>? terms)
    {
        if (terms is not { Count: > 0 } present)
        {
            return [];
        }

        return [.. present.Select(term => Of(pod, term))];
    }

    public static AffinityTerm[] Preferred(Pod pod, ApiList<WeightedPodAffinityTerm>? terms)
    {
        if (terms is not { Count: > 0 } present)
        {
            return [];
        }

        return [.. present.Select(term => Of(pod, term.PodAffinityTerm, term.Weight))];
    }
}
