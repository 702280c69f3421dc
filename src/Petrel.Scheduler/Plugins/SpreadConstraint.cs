using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;

namespace Petrel.Scheduler.Plugins;

/// <summary>One constraint of a pod on how pods like it are spread, ready to be matched.</summary>
/// <param name="MinDomains">While fewer domains come into question, the fewest pods in one count as 0.</param>
/// <param name="SelfMatch">1 when the pod itself is among those it counts.</param>
internal sealed record SpreadConstraint(
    int MaxSkew, string TopologyKey, LabelSelector Selector, int MinDomains, bool HonorsNodeAffinity, bool HonorsTaints, int SelfMatch)
{
    /// <summary>The label that every node has for itself.</summary>
    public const string Hostname = "kubernetes.io/hostname";

    /// <param name="isHard">DoNotSchedule or ScheduleAnyway.</param>
    public static SpreadConstraint[] Of(Pod pod, bool isHard)
    {
        var wanted = isHard ? "DoNotSchedule" : "ScheduleAnyway";
        List<SpreadConstraint>? constraints = null;
        foreach (var constraint in pod.Spec.TopologySpreadConstraints)
        {
            if (constraint.WhenUnsatisfiable == wanted)
            {
                (constraints ??= []).Add(Of(pod, constraint));
            }
        }

        return constraints is null ? [] : [.. constraints];
    }

    /// <summary>The cluster's own, for pods without any: a preference for other nodes and other zones.</summary>
    public static SpreadConstraint[] Defaults(Pod pod, LabelSelector selector) =>
    [
        Default(pod, selector, 3, Hostname),
        Default(pod, selector, 5, "topology.kubernetes.io/zone"),
    ];

    /// <summary>Whether pods on the node count, by the constraint's policies.</summary>
    public bool Includes(Pod pod, Node node, RequiredNodes required) =>
        (!HonorsNodeAffinity || required.Matches(node))
        && (!HonorsTaints || Tolerations.FirstUntolerated(node.Spec.Taints, pod.Spec.Tolerations, Tolerations.IsHard) is null);

    private static SpreadConstraint Of(Pod pod, TopologySpreadConstraint constraint)
    {
        var selector = WithKeys(constraint.LabelSelector, constraint.MatchLabelKeys, pod.Metadata.Labels);
        return new(
            constraint.MaxSkew,
            constraint.TopologyKey,
            selector ?? Nothing,
            constraint.MinDomains ?? 1,
            constraint.NodeAffinityPolicy is null or "Honor",
            constraint.NodeTaintsPolicy == "Honor",
            selector is not null && selector.Matches(pod.Metadata.Labels) ? 1 : 0);
    }

    private static SpreadConstraint Default(Pod pod, LabelSelector selector, int maxSkew, string key) =>
        new(maxSkew, key, selector, 1, HonorsNodeAffinity: true, HonorsTaints: false, selector.Matches(pod.Metadata.Labels) ? 1 : 0);

    // An absent selector selects nothing.
    private static readonly LabelSelector Nothing = new() { MatchExpressions = [new() { Key = "none", Operator = "Exists" }, new() { Key = "none", Operator = "DoesNotExist" }] };

    /// <summary>Pods have to have the pod's own value of these labels, too (KEP-3243).</summary>
    private static LabelSelector? WithKeys(LabelSelector? selector, ApiList<string> keys, ApiMap<string> labels)
    {
        if (selector is null)
        {
            return null;
        }

        foreach (var key in keys)
        {
            if (labels.TryGetValue(key, out var value))
            {
                selector = selector with { MatchExpressions = selector.MatchExpressions.Add(new() { Key = key, Operator = "In", Values = [value] }) };
            }
        }

        return selector;
    }
}
