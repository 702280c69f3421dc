using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Rbac;

/// <summary>Rights in a namespace.</summary>
[ApiType("io.k8s.api.rbac.v1.Role")]
public sealed partial record Role : ApiObject, IResource<Role>, IPrepared, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("rbac.authorization.k8s.io", "v1", "Role", "roles")
    {
        NameRule = NameRules.PathSegment,
        CreateOnUpdate = true,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is allowed.</summary>
    [Field(2, Always = true, ListType = "atomic")]
    public ApiList<PolicyRule> Rules { get; init; }

    /// <summary>An empty list of rules has an owner, but is stored as none.</summary>
    public ApiObject PrepareForCreate() => this with { Rules = Rules.NilIfEmpty };

    /// <inheritdoc cref="PrepareForCreate"/>
    public ApiObject PrepareForUpdate(ApiObject old) => PrepareForCreate();

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => PolicyRule.ValidateAll(Rules, isNamespaced: true, errors);

    /// <summary>Everything is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}
