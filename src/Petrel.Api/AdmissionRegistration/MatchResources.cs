using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>The requests that a policy or a binding applies to: those that pass the selectors and a rule, and no excluding rule.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MatchResources", MapType = "atomic")]
public sealed partial record MatchResources
{
    private static readonly string[] MatchPolicies = ["Equivalent", "Exact"];

    /// <summary>Labels that the namespace of the object must have; for a namespace, its own. Does not limit other cluster-scoped objects.</summary>
    [Field(1)]
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Labels that the object must have before or after the write.</summary>
    [Field(2)]
    public LabelSelector? ObjectSelector { get; init; }

    /// <summary>Operations and resources; one rule has to match. A binding without rules takes the policy's.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<NamedRuleWithOperations> ResourceRules { get; init; }

    /// <summary>Operations and resources that are left out, whatever resourceRules says.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<NamedRuleWithOperations> ExcludeResourceRules { get; init; }

    /// <summary>Equivalent (the default) also matches requests to other versions or groups of the same objects; Exact does not.</summary>
    [Field(7, Enum = ["Equivalent", "Exact"])]
    public string? MatchPolicy { get; init; }

    internal MatchResources WithDefaults() => this with
    {
        NamespaceSelector = NamespaceSelector ?? LabelSelector.Empty,
        ObjectSelector = ObjectSelector ?? LabelSelector.Empty,
        ResourceRules = ResourceRules.ConvertAll(static rule => rule.WithDefaults()),
        ExcludeResourceRules = ExcludeResourceRules.ConvertAll(static rule => rule.WithDefaults()),
        MatchPolicy = MatchPolicy ?? "Equivalent",
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (MatchPolicy is null)
        {
            errors.Required(path.Child("matchPolicy"));
        }
        else if (!MatchPolicies.Contains(MatchPolicy))
        {
            errors.NotSupported(path.Child("matchPolicy"), MatchPolicy, MatchPolicies);
        }

        ValidateSelector(NamespaceSelector, path.Child("namespaceSelector"), errors);
        ValidateSelector(ObjectSelector, path.Child("objectSelector"), errors);
        for (var i = 0; i < ResourceRules.Count; i++)
        {
            ResourceRules[i].Validate(path.Child("resourceRules").Index(i), errors);
        }

        for (var i = 0; i < ExcludeResourceRules.Count; i++)
        {
            ExcludeResourceRules[i].Validate(path.Child("excludeResourceRules").Index(i), errors);
        }
    }

    private static void ValidateSelector(LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            errors.Required(path);
        }
        else
        {
            selector.Validate(path, errors);
        }
    }
}
