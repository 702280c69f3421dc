using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAffinityTerm")]
public sealed partial record PodAffinityTerm
{
    /// <summary>Which pods are meant.</summary>
    [Field(1)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Namespaces of these pods; the pod's own when this and namespaceSelector are left out.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Namespaces { get; init; }

    /// <summary>Label of nodes: those with the same value are near to each other.</summary>
    [Field(3, Required = true, Always = true)]
    public string TopologyKey { get; init; } = "";

    /// <summary>Namespaces of these pods by label; all when empty.</summary>
    [Field(4)]
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Labels whose value the pods must have in common with this one.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> MatchLabelKeys { get; init; }

    /// <summary>Labels whose value the pods must not have in common with this one.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<string> MismatchLabelKeys { get; init; }

    internal PodAffinityTerm WithLabelKeys(ApiMap<string> labels)
    {
        if (LabelSelector is null || (MatchLabelKeys.IsEmpty && MismatchLabelKeys.IsEmpty))
        {
            return this;
        }

        var expressions = MatchLabelKeys.Select(static key => (Key: key, Operator: "In"))
            .Concat(MismatchLabelKeys.Select(static key => (Key: key, Operator: "NotIn")))
            .Where(each => labels.ContainsKey(each.Key))
            .Select(each => new LabelSelectorRequirement { Key = each.Key, Operator = each.Operator, Values = [labels[each.Key]] });
        return this with { LabelSelector = LabelSelector with { MatchExpressions = LabelSelector.MatchExpressions.AddRange(expressions) } };
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LabelSelector?.Validate(path.Child("labelSelector"), errors);
        NamespaceSelector?.Validate(path.Child("namespaceSelector"), errors);
        foreach (var name in Namespaces)
        {
            errors.DnsLabel(path.Child("namespace"), name);
        }

        ValidateKeys(MatchLabelKeys, path.Child("matchLabelKeys"), errors);
        ValidateKeys(MismatchLabelKeys, path.Child("mismatchLabelKeys"), errors);
        for (var i = 0; i < MatchLabelKeys.Count; i++)
        {
            if (MismatchLabelKeys.Contains(MatchLabelKeys[i]))
            {
                errors.Invalid(path.Child("matchLabelKeys").Index(i), MatchLabelKeys[i], "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }

        errors.NotEmpty(path.Child("topologyKey"), TopologyKey, "can not be empty");
        LabelValidation.ValidateKey(TopologyKey, path.Child("topologyKey"), errors);
    }

    private void ValidateKeys(ApiList<string> keys, FieldPath path, FieldErrors errors)
    {
        if (LabelSelector is null && !keys.IsEmpty)
        {
            errors.Forbidden(path, "must not be specified when labelSelector is not set");
        }

        for (var i = 0; i < keys.Count; i++)
        {
            LabelValidation.ValidateKey(keys[i], path.Index(i), errors);
        }
    }
}
