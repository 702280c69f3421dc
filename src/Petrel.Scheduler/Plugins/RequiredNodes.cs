using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Selectors;

namespace Petrel.Scheduler.Plugins;

/// <summary>The nodes that a pod asks for by spec.nodeSelector and required node affinity, ready to be matched.</summary>
internal sealed class RequiredNodes
{
    private readonly LabelSelectorExpression _selector;
    private readonly NodeTerm[]? _terms;

    private RequiredNodes(LabelSelectorExpression selector, NodeTerm[]? terms) => (_selector, _terms) = (selector, terms);

    public static RequiredNodes Of(Pod pod) => new(
        LabelSelectorExpression.FromLabels(pod.Spec.NodeSelector),
        pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required
            ? [.. required.NodeSelectorTerms.Select(static term => new NodeTerm(term))]
            : null);

    /// <summary>All nodes are as good as any other.</summary>
    public bool IsAny => _selector.IsEmpty && _terms is null;

    /// <summary>All of the selector and any of the terms.</summary>
    public bool Matches(Node node) => _selector.Matches(node.Metadata.Labels) && (_terms is null || Array.Exists(_terms, term => term.Matches(node)));

    /// <summary>The only nodes that can match, where every term names some; null otherwise.</summary>
    public IReadOnlySet<string>? Names
    {
        get
        {
            if (_terms is not { Length: > 0 } || Array.Exists(_terms, static term => term.Names is null))
            {
                return null;
            }

            return _terms.SelectMany(static term => term.Names!).ToHashSet(StringComparer.Ordinal);
        }
    }
}

/// <summary>One term of a node selector: all of its requirements; nothing when it has none.</summary>
internal sealed class NodeTerm
{
    private readonly LabelRequirement[] _labels;
    private readonly LabelRequirement[] _fields;

    public NodeTerm(NodeSelectorTerm term)
    {
        _labels = [.. term.MatchExpressions.Select(Requirement)];
        _fields = [.. term.MatchFields.Select(Requirement)];
    }

    /// <summary>The names that metadata.name has to be one of; null when there is no such requirement.</summary>
    public IReadOnlySet<string>? Names
    {
        get
        {
            HashSet<string>? names = null;
            foreach (var requirement in _fields)
            {
                if (requirement is { Key: "metadata.name", Operator: LabelOperator.In })
                {
                    names = names is null ? [.. requirement.Values] : [.. names.Intersect(requirement.Values)];
                }
            }

            return names;
        }
    }

    public bool Matches(Node node)
    {
        if (_labels.Length + _fields.Length == 0)
        {
            return false;
        }

        foreach (var requirement in _labels)
        {
            if (!requirement.Matches(node.Metadata.Labels))
            {
                return false;
            }
        }

        foreach (var requirement in _fields)
        {
            // The one field there is.
            if (!requirement.Matches(ApiMap.FromPairs(("metadata.name", node.Metadata.Name))))
            {
                return false;
            }
        }

        return true;
    }

    private static LabelRequirement Requirement(NodeSelectorRequirement requirement) => new(requirement.Key, OperatorOf(requirement.Operator), requirement.Values);

    private static LabelOperator OperatorOf(string name) => name switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        "Gt" => LabelOperator.GreaterThan,
        "Lt" => LabelOperator.LessThan,
        _ => throw new FormatException($"\"{name}\" is not a valid node selector operator"),
    };
}
