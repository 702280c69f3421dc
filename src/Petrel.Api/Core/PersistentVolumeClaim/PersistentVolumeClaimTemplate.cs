using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimTemplate")]
public sealed partial record PersistentVolumeClaimTemplate
{
    /// <summary>Labels and annotations of the claim.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>The claim.</summary>
    [Field(2, Required = true, Always = true)]
    public PersistentVolumeClaimSpec Spec { get; init; } = PersistentVolumeClaimSpec.Empty;

    internal PersistentVolumeClaimTemplate WithDefaults() => this with { Spec = Spec.WithDefaults() };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateAnnotations(Metadata.Annotations, path.Child("metadata", "annotations"), errors);
        LabelValidation.ValidateLabels(Metadata.Labels, path.Child("metadata", "labels"), errors);
        Spec.Validate(path.Child("spec"), errors);
    }
}
