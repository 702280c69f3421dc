using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A role binding as rbac.authorization.k8s.io/v1alpha1 had it: subjects have an apiVersion.</summary>
[ApiType("io.k8s.api.rbac.v1alpha1.RoleBinding")]
public sealed partial record RoleBinding : ApiObject, IResource<RoleBinding>
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1alpha1", "RoleBinding", "rolebindings");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>To whom.</summary>
    [Field(2)]
    public ApiList<Subject> Subjects { get; init; }

    /// <summary>Which role.</summary>
    [Field(3, Always = true)]
    public RoleRef RoleRef { get; init; } = RoleRef.Empty;
}

[ApiType("io.k8s.api.rbac.v1alpha1.Subject")]
public sealed partial record Subject
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Field(1, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Group and version of the kind.</summary>
    [Field(2, Json = "apiVersion")]
    public string ApiVersion { get; init; } = "";

    /// <summary>Name of the subject.</summary>
    [Field(3, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Namespace of a service account.</summary>
    [Field(4)]
    public string Namespace { get; init; } = "";
}
