using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Rbac;

/// <summary>Grants the rights of a cluster role everywhere.</summary>
[ApiType("io.k8s.api.rbac.v1.ClusterRoleBinding")]
public sealed partial record ClusterRoleBinding : ApiObject, IResource<ClusterRoleBinding>, IHasDefaults, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings")
    {
        Columns = ClusterRoleBindingTable.Columns,
        NameRule = NameRules.PathSegment,
        CreateOnUpdate = true,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Who gets the rights.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<Subject> Subjects { get; init; }

    /// <summary>The cluster role. Cannot be changed.</summary>
    [Field(3, Required = true, Always = true)]
    public RoleRef RoleRef { get; init; } = RoleRef.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        RoleRef = RoleRef.WithDefaults(),
        Subjects = Subjects.ConvertAll(static subject => subject.WithDefaults()),
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ClusterRoleBindingTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        RoleRef.Validate(["ClusterRole"], FieldPath.Root.Child("roleRef"), errors);
        Subject.ValidateAll(Subjects, isNamespaced: false, errors);
    }

    /// <summary>Everything is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        RoleRef.ValidateUpdate(((ClusterRoleBinding)old).RoleRef, errors);
    }
}

[ApiType("io.k8s.api.rbac.v1.RoleRef", MapType = "atomic")]
public sealed partial record RoleRef
{
    /// <summary>rbac.authorization.k8s.io.</summary>
    [Field(1, Required = true, Always = true)]
    public string ApiGroup { get; init; } = "";

    /// <summary>Role or ClusterRole.</summary>
    [Field(2, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the role.</summary>
    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";

    internal RoleRef WithDefaults() => ApiGroup.Length == 0 ? this with { ApiGroup = ClusterRole.Info.Group } : this;

    internal void Validate(string[] kinds, FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("apiGroup"), ApiGroup, ClusterRole.Info.Group);
        errors.OneOf(path.Child("kind"), Kind, kinds);
        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.InvalidAll(path.Child("name"), Name, NameRules.PathSegment(Name, isPrefix: false));
        }
    }

    /// <summary>A binding is of one role for good: who may bind it was decided when it was made.</summary>
    internal void ValidateUpdate(RoleRef old, FieldErrors errors)
    {
        if (this != old)
        {
            var text = new Verbatim($"rbac.RoleRef{{APIGroup:{GoSyntax.Quote(ApiGroup)}, Kind:{GoSyntax.Quote(Kind)}, Name:{GoSyntax.Quote(Name)}}}");
            errors.Invalid(FieldPath.Root.Child("roleRef"), text, "cannot change roleRef");
        }
    }
}

[ApiType("io.k8s.api.rbac.v1.Subject", MapType = "atomic")]
public sealed partial record Subject
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>rbac.authorization.k8s.io for users and groups, empty for service accounts.</summary>
    [Field(2)]
    public string ApiGroup { get; init; } = "";

    /// <summary>Name of the user, group or service account.</summary>
    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the service account.</summary>
    [Field(4)]
    public string Namespace { get; init; } = "";

    internal Subject WithDefaults() => ApiGroup.Length == 0 && Kind is ("User" or "Group") ? this with { ApiGroup = ClusterRole.Info.Group } : this;

    internal static string Names(ApiList<Subject> subjects, string kind) =>
        string.Join(", ", subjects.Where(subject => subject.Kind == kind).Select(subject => kind == "ServiceAccount" ? $"{subject.Namespace}/{subject.Name}" : subject.Name));

    internal static void ValidateAll(ApiList<Subject> subjects, bool isNamespaced, FieldErrors errors)
    {
        for (var i = 0; i < subjects.Count; i++)
        {
            subjects[i].Validate(isNamespaced, FieldPath.Root.Child("subjects").Index(i), errors);
        }
    }

    private void Validate(bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), Name);
        switch (Kind)
        {
            case "ServiceAccount":
                ValidateAccount(isNamespaced, path, errors);
                break;
            case "User" or "Group":
                errors.OneOf(path.Child("apiGroup"), ApiGroup, ClusterRole.Info.Group);
                break;
            default:
                errors.NotSupported(path.Child("kind"), Kind, ["ServiceAccount", "User", "Group"]);
                break;
        }
    }

    private void ValidateAccount(bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (Name.Length != 0)
        {
            errors.DnsSubdomain(path.Child("name"), Name);
        }

        errors.OneOf(path.Child("apiGroup"), ApiGroup, "");
        if (!isNamespaced)
        {
            errors.NotEmpty(path.Child("namespace"), Namespace);
        }
    }
}
