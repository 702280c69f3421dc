using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A cluster role as rbac.authorization.k8s.io/v1alpha1 had it: its rules have other wire numbers.</summary>
[ApiType("io.k8s.api.rbac.v1alpha1.ClusterRole")]
public sealed partial record ClusterRole : ApiObject, IResource<ClusterRole>
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1alpha1", "ClusterRole", "clusterroles") { Namespaced = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is allowed.</summary>
    [Field(2, Always = true)]
    public ApiList<PolicyRule> Rules { get; init; }

    /// <summary>The rules are those of other cluster roles.</summary>
    [Field(3)]
    public AggregationRule? AggregationRule { get; init; }
}
