using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A cluster role binding as rbac.authorization.k8s.io/v1alpha1 had it: subjects have an apiVersion.</summary>
[ApiType("io.k8s.api.rbac.v1alpha1.ClusterRoleBinding")]
public sealed partial record ClusterRoleBinding : ApiObject, IResource<ClusterRoleBinding>
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1alpha1", "ClusterRoleBinding", "clusterrolebindings") { Namespaced = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>To whom.</summary>
    [Field(2)]
    public ApiList<Subject> Subjects { get; init; }

    /// <summary>Which role.</summary>
    [Field(3, Always = true)]
    public RoleRef RoleRef { get; init; } = RoleRef.Empty;
}
