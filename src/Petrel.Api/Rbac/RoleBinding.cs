using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Rbac;

/// <summary>Grants the rights of a role in a namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.RoleBinding")]
public sealed partial record RoleBinding : ApiObject, IResource<RoleBinding>, IHasDefaults, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings")
    {
        Columns = RoleBindingTable.Columns,
        NameRule = NameRules.PathSegment,
        CreateOnUpdate = true,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Who gets the rights.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<Subject> Subjects { get; init; }

    /// <summary>The role, or the cluster role. Cannot be changed.</summary>
    [Field(3, Required = true, Always = true)]
    public RoleRef RoleRef { get; init; } = RoleRef.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        RoleRef = RoleRef.WithDefaults(),
        Subjects = Subjects.ConvertAll(static subject => subject.WithDefaults()),
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => RoleBindingTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        RoleRef.Validate(["Role", "ClusterRole"], FieldPath.Root.Child("roleRef"), errors);
        Subject.ValidateAll(Subjects, isNamespaced: true, errors);
    }

    /// <summary>Everything is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        RoleRef.ValidateUpdate(((RoleBinding)old).RoleRef, errors);
    }
}
