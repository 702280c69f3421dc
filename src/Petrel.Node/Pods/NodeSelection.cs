using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Selectors;

namespace Petrel.Node.Pods;

/// <summary>Whether a node is one that a pod accepts (API fields nodeSelector and required node affinity).</summary>
internal static class NodeSelection
{
    public static bool Accepts(PodSpec spec, Api.Core.Node node)
    {
        var labels = node.Metadata.Labels;
        if (!spec.NodeSelector.All(entry => labels.TryGetValue(entry.Key, out var value) && value == entry.Value))
        {
            return false;
        }

        var required = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        return required is null || required.NodeSelectorTerms.Any(term => Matches(term, node));
    }

    /// <summary>A term without requirements matches no node.</summary>
    private static bool Matches(NodeSelectorTerm term, Api.Core.Node node)
    {
        var name = ApiMap.FromPairs(("metadata.name", node.Metadata.Name));
        return !(term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty)
            && term.MatchExpressions.All(requirement => Requirement(requirement).Matches(node.Metadata.Labels))
            && term.MatchFields.All(requirement => Requirement(requirement).Matches(name));
    }

    private static LabelRequirement Requirement(NodeSelectorRequirement requirement) => new(
        requirement.Key,
        requirement.Operator switch
        {
            "In" => LabelOperator.In,
            "NotIn" => LabelOperator.NotIn,
            "Exists" => LabelOperator.Exists,
            "DoesNotExist" => LabelOperator.DoesNotExist,
            "Gt" => LabelOperator.GreaterThan,
            _ => LabelOperator.LessThan,
        },
        requirement.Values);
}
