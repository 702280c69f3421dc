using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources.V1Beta1;

/// <summary>A template of claims as resource.k8s.io/v1beta1 and v1alpha3 have it.</summary>
[ApiType("io.k8s.api.resource.v1beta1.ResourceClaimTemplate")]
public sealed partial record ResourceClaimTemplate : ApiObject, IResource<ResourceClaimTemplate>, IConverted<ResourceClaimTemplate, DynamicResources.ResourceClaimTemplate>,
    IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = DynamicResources.ResourceClaimTemplate.Info with { Version = "v1beta1" };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The claims. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimTemplateSpec Spec { get; init; } = ResourceClaimTemplateSpec.Empty;

    /// <inheritdoc/>
    public static ResourceClaimTemplate FromStorage(DynamicResources.ResourceClaimTemplate stored) => new()
    {
        Metadata = stored.Metadata,
        Spec = new() { Metadata = stored.Spec.Metadata, Spec = ResourceClaimSpec.FromStorage(stored.Spec.Spec) },
    };

    /// <inheritdoc/>
    public DynamicResources.ResourceClaimTemplate ToStorage() => new()
    {
        Metadata = Metadata,
        Spec = new() { Metadata = Spec.Metadata, Spec = Spec.Spec.ToStorage() },
    };

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { Spec = Spec.Spec.WithDefaults() } };

    // Everything else is as in the stored version, in whose words also the errors are.

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => From(ToStorage().PrepareForCreate());

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => From(ToStorage().PrepareForUpdate(((ResourceClaimTemplate)old).ToStorage()));

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ToStorage().Cells(now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ToStorage().Validate(errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateUpdate(((ResourceClaimTemplate)old).ToStorage(), errors);

    private ApiObject From(ApiObject stored) => FromStorage((DynamicResources.ResourceClaimTemplate)stored) with { ShownAs = ShownAs };
}

[ApiType("io.k8s.api.resource.v1beta1.ResourceClaimTemplateSpec")]
public sealed partial record ResourceClaimTemplateSpec
{
    /// <summary>Labels and annotations of the claims.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>What the claims ask for.</summary>
    [Field(2, Required = true, Always = true)]
    public ResourceClaimSpec Spec { get; init; } = ResourceClaimSpec.Empty;
}
