using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

/// <summary>A claim of its own is made from it for every pod that refers to it.</summary>
[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimTemplate")]
public sealed partial record ResourceClaimTemplate : ApiObject, IResource<ResourceClaimTemplate>, IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("resource.k8s.io", "v1beta2", "ResourceClaimTemplate", "resourceclaimtemplates")
    {
        Columns = [Column.ObjectName, Column.Age],
        Feature = KnownFeatures.DynamicResourceAllocation,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The claims. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimTemplateSpec Spec { get; init; } = ResourceClaimTemplateSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { Spec = Spec.Spec.WithDefaults() } };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => WithoutDisabled(null);

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => WithoutDisabled((ResourceClaimTemplate)old);

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => [Metadata.Name, TableText.Age(Metadata.CreationTimestamp, now)];

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(isOld: false, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        // Upstream checks a changed template as a new one and as a changed one.
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        if (Spec != ((ResourceClaimTemplate)old).Spec)
        {
            errors.Invalid(FieldPath.Root.Child("spec"), new Verbatim($"resource.ResourceClaimTemplateSpec{{ObjectMeta:v1.ObjectMeta{{}}, Spec:{Spec.Spec.GoText()}}}"), "field is immutable");
        }

        Spec.Validate(isOld: true, FieldPath.Root.Child("spec"), errors);
    }

    private ResourceClaimTemplate WithoutDisabled(ResourceClaimTemplate? old)
    {
        var known = old?.Spec.Spec.Devices;
        var devices = Spec.Spec.Devices.WithoutDisabled(known?.UsesAlternatives == true, known?.UsesAdminAccess == true);
        return this with { Spec = Spec with { Spec = Spec.Spec with { Devices = devices } } };
    }
}

[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimTemplateSpec")]
public sealed partial record ResourceClaimTemplateSpec
{
    /// <summary>Labels and annotations of the claims.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>What the claims ask for.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimSpec Spec { get; init; } = ResourceClaimSpec.Empty;

    internal void Validate(bool isOld, FieldPath path, FieldErrors errors)
    {
        LabelValidation.ValidateLabels(Metadata.Labels, path.Child("metadata", "labels"), errors);
        ObjectMetaValidation.ValidateAnnotations(Metadata.Annotations, path.Child("metadata", "annotations"), errors);
        Spec.Validate(isOld, path.Child("spec"), errors);
    }
}
