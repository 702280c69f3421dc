using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>A kind that users add to the API: its names, its versions and their schemas.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition")]
public sealed partial record CustomResourceDefinition
    : ApiObject, IResource<CustomResourceDefinition>, IHasStatus, IHasDefaults, IHasGeneration, IPrepared, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")
    {
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
        AllowsAnyFinalizer = true,
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The kind as its author wants it to be served.</summary>
    [Field(2, Required = true, Always = true)]
    public CustomResourceDefinitionSpec Spec { get; init; } = CustomResourceDefinitionSpec.Empty;

    /// <summary>The names that the kind got, and the versions its objects are stored in; written by the system.</summary>
    [Field(3, Always = true)]
    public CustomResourceDefinitionStatus Status { get; init; } = CustomResourceDefinitionStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => (this with { Status = CustomResourceDefinitionStatus.Empty }).WithStorageVersion();

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => (this with { Status = ((CustomResourceDefinition)old).Status }).WithStorageVersion();

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => CustomResourceDefinitionValidation.Validate(this, errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => CustomResourceDefinitionValidation.ValidateUpdate(this, (CustomResourceDefinition)old, errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => CustomResourceDefinitionValidation.ValidateStatus(Status, errors);

    // From now on objects may be stored in this version.
    private CustomResourceDefinition WithStorageVersion() =>
        Spec.Versions.FirstOrDefault(static version => version.Storage) is { } storage && !Status.StoredVersions.Contains(storage.Name)
            ? this with { Status = Status with { StoredVersions = [.. Status.StoredVersions, storage.Name] } }
            : this;
}
