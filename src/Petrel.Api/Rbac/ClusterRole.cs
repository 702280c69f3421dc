using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Rbac;

/// <summary>Rights in the whole cluster, or in the namespace in which a role binding grants them.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRole")]
public sealed partial record ClusterRole : ApiObject, IResource<ClusterRole>, IPrepared, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles")
    {
        NameRule = NameRules.PathSegment,
        CreateOnUpdate = true,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is allowed.</summary>
    [Field(2, Always = true, ListType = "atomic")]
    public ApiList<PolicyRule> Rules { get; init; }

    /// <summary>The rules are those of other cluster roles; rules is then written by the system.</summary>
    [Field(3)]
    public AggregationRule? AggregationRule { get; init; }

    /// <summary>An empty list of rules has an owner, but is stored as none.</summary>
    public ApiObject PrepareForCreate() => this with { Rules = Rules.NilIfEmpty };

    /// <inheritdoc cref="PrepareForCreate"/>
    public ApiObject PrepareForUpdate(ApiObject old) => PrepareForCreate();

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        PolicyRule.ValidateAll(Rules, isNamespaced: false, errors);
        AggregationRule?.Validate(FieldPath.Root.Child("aggregationRule", "clusterRoleSelectors"), errors);
    }

    /// <summary>Everything is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}

[ApiType("io.k8s.api.rbac.v1.AggregationRule")]
public sealed partial record AggregationRule
{
    /// <summary>Cluster roles whose rules are taken, by their labels.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<LabelSelector> ClusterRoleSelectors { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (ClusterRoleSelectors.IsEmpty)
        {
            errors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }

        for (var i = 0; i < ClusterRoleSelectors.Count; i++)
        {
            ClusterRoleSelectors[i].Validate(path.Index(i), errors);
            if (!ClusterRoleSelectors[i].IsValid)
            {
                errors.Invalid(path.Index(i), GoSyntax.LabelSelector(ClusterRoleSelectors[i]), "invalid label selector.");
            }
        }
    }
}

[ApiType("io.k8s.api.rbac.v1.PolicyRule")]
public sealed partial record PolicyRule
{
    /// <summary>API verbs such as get or list; * for all.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Groups of the resources, "" being the core group; * for all.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>Resources and RESOURCE/SUBRESOURCE; * for all.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Resources { get; init; }

    /// <summary>Only objects of these names; empty for any.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<string> ResourceNames { get; init; }

    /// <summary>Other paths; * at the end stands for anything. In cluster roles only, and only when granted in the whole cluster.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> NonResourceURLs { get; init; }

    internal static void ValidateAll(ApiList<PolicyRule> rules, bool isNamespaced, FieldErrors errors)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            rules[i].Validate(isNamespaced, FieldPath.Root.Child("rules").Index(i), errors);
        }
    }

    private void Validate(bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (Verbs.IsEmpty)
        {
            errors.Required(path.Child("verbs"), "verbs must contain at least one value");
        }

        if (!NonResourceURLs.IsEmpty)
        {
            ValidateUrls(isNamespaced, path.Child("nonResourceURLs"), errors);
            return;
        }

        if (ApiGroups.IsEmpty)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }

        if (Resources.IsEmpty)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    private void ValidateUrls(bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (isNamespaced)
        {
            errors.Invalid(path, GoSyntax.Strings(NonResourceURLs), "namespaced rules cannot apply to non-resource URLs");
        }

        if (!ApiGroups.IsEmpty || !Resources.IsEmpty || !ResourceNames.IsEmpty)
        {
            errors.Invalid(path, GoSyntax.Strings(NonResourceURLs), "rules cannot apply to both regular resources and non-resource URLs");
        }
    }
}
