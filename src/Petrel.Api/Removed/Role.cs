using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A role as rbac.authorization.k8s.io/v1alpha1 had it: its rules have other wire numbers.</summary>
[ApiType("io.k8s.api.rbac.v1alpha1.Role")]
public sealed partial record Role : ApiObject, IResource<Role>
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1alpha1", "Role", "roles");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is allowed.</summary>
    [Field(2, Always = true)]
    public ApiList<PolicyRule> Rules { get; init; }
}

[ApiType("io.k8s.api.rbac.v1alpha1.PolicyRule")]
public sealed partial record PolicyRule
{
    /// <summary>API verbs such as get or list; * for all.</summary>
    [Field(1, Always = true)]
    public ApiList<string> Verbs { get; init; }

    /// <summary>Groups of the resources, "" being the core group; * for all.</summary>
    [Field(3)]
    public ApiList<string> ApiGroups { get; init; }

    /// <summary>Resources and RESOURCE/SUBRESOURCE; * for all.</summary>
    [Field(4)]
    public ApiList<string> Resources { get; init; }

    /// <summary>Only objects of these names; empty for any.</summary>
    [Field(5)]
    public ApiList<string> ResourceNames { get; init; }

    /// <summary>Other paths; * at the end stands for anything.</summary>
    [Field(6)]
    public ApiList<string> NonResourceURLs { get; init; }
}
