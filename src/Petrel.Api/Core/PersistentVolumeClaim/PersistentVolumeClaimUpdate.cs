using Petrel.Api.Features;
using Petrel.Api.Schema.GoDifferences;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>
/// What may change of a claim: the volume it gets, once; how much storage a bound one asks for; the class of one that had none.
/// All else stays, so that quotas and limits cannot be got round.
/// </summary>
internal static class PersistentVolumeClaimUpdate
{
    private const string Immutable = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    public static void Validate(PersistentVolumeClaim value, PersistentVolumeClaim old, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        var (spec, before) = (value.Spec, old.Spec);
        if (before.VolumeName.Length == 0)
        {
            before = before with { VolumeName = spec.VolumeName };
        }

        spec = spec with { StorageClassName = ComparedClass(value, old, errors) };
        if (value.Status.Phase == "Bound")
        {
            spec = spec with
            {
                Resources = spec.Resources with { Requests = WithOldStorage(spec.Resources.Requests, before.Resources.Requests) },
                VolumeAttributesClassName = spec.VolumeAttributesClassName is null ? null : before.VolumeAttributesClassName,
            };
        }

        if (spec != before)
        {
            errors.Forbidden(path, $"{Immutable}\n{GoDifference.Of(before, spec)}");
        }

        ValidateSize(value, old, path.Child("resources", "requests").Child("storage"), errors);
        errors.Immutable(FieldPath.Root.Child("volumeMode"), value.Spec.VolumeMode, old.Spec.VolumeMode);
        ValidateAttributesClass(value.Spec.VolumeAttributesClassName, old.Spec.VolumeAttributesClassName, path.Child("volumeAttributesClassName"), errors);
    }

    // The class may move from the annotation into the field, and a claim without one may get one.
    private static string? ComparedClass(PersistentVolumeClaim value, PersistentVolumeClaim old, FieldErrors errors)
    {
        var (name, before) = (value.Spec.StorageClassName, old.Spec.StorageClassName);
        var annotation = value.Metadata.Annotations.GetValueOrDefault(PersistentVolumeClaim.ClassAnnotation);
        var annotationBefore = old.Metadata.Annotations.GetValueOrDefault(PersistentVolumeClaim.ClassAnnotation);
        if (annotationBefore is not null && before is null && name == annotationBefore && (annotation is null || annotation == annotationBefore))
        {
            return null;
        }

        if ((annotation ?? "") != (annotationBefore ?? ""))
        {
            errors.Invalid(FieldPath.Root.Child("metadata", "annotations").Child(PersistentVolumeClaim.ClassAnnotation), annotation ?? "", "field is immutable");
        }

        return name is not null && before is null && (annotationBefore is null || name == annotationBefore) ? null : name;
    }

    private static ApiMap<Quantity> WithOldStorage(ApiMap<Quantity> requests, ApiMap<Quantity> old) => requests.IsEmpty ? requests
        : requests.With("storage", old.GetValueOrDefault("storage"));

    // Down to what the volume has, so that a claim comes back from a growth that fails.
    private static void ValidateSize(PersistentVolumeClaim value, PersistentVolumeClaim old, FieldPath path, FieldErrors errors)
    {
        var size = value.Spec.Resources.Requests.GetValueOrDefault("storage");
        if (size < old.Spec.Resources.Requests.GetValueOrDefault("storage") && size <= old.Status.Capacity.GetValueOrDefault("storage"))
        {
            errors.Forbidden(path, "field can not be less than status.capacity");
        }
    }

    private static void ValidateAttributesClass(string? value, string? old, FieldPath path, FieldErrors errors)
    {
        if (value == old)
        {
            return;
        }

        if (!FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass))
        {
            errors.Forbidden(path, "update is forbidden when the VolumeAttributesClass feature gate is disabled");
        }

        if (old is not null && value is null)
        {
            errors.Forbidden(path, "update from non-nil value to nil is forbidden");
        }
        else if (old is not null && value!.Length == 0)
        {
            errors.Forbidden(path, "update from non-nil value to an empty string is forbidden");
        }
    }
}
