using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Asks for storage, and is bound to a volume that has it.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaim")]
public sealed partial record PersistentVolumeClaim : ApiObject, IResource<PersistentVolumeClaim>, IHasDefaults, IHasStatus, IPrepared, IPrintable, IValidated,
    IValidatedUpdate, IValidatedStatus, IWarnsOnCreate, IWarnsOnUpdate
{
    /// <summary>The annotation that named the class before there was a field for it.</summary>
    public const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <summary>The finalizer that keeps a claim as long as a pod uses it.</summary>
    public const string ProtectionFinalizer = "kubernetes.io/pvc-protection";

    internal const string ClassAnnotationWarning =
        "metadata.annotations[" + ClassAnnotation + "]: deprecated since v1.8; use \"storageClassName\" attribute instead";

    public static ResourceInfo Info { get; } = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")
    {
        Columns = PersistentVolumeClaimTable.Columns,
        DeleteReturnsObject = true,
        ShortNames = ["pvc"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PersistentVolumeClaimSpec Spec { get; init; } = PersistentVolumeClaimSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PersistentVolumeClaimStatus Status { get; init; } = PersistentVolumeClaimStatus.Empty;

    /// <summary>The class that the claim names, by annotation or field; empty for none.</summary>
    public string ClassName => Metadata.Annotations.TryGetValue(ClassAnnotation, out var name) ? name : Spec.StorageClassName ?? "";

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults(), Status = Status.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with
    {
        Spec = Spec.WithoutDisabled(old: null).WithoutIgnoredSource(old: null).WithBothSources(),
        Status = new PersistentVolumeClaimStatus { Phase = "Pending" },
    };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var known = (PersistentVolumeClaim)old;
        return this with { Spec = Spec.WithoutDisabled(known.Spec).WithoutIgnoredSource(known.Spec), Status = known.Status };
    }

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((PersistentVolumeClaim)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var known = (PersistentVolumeClaim)old;
        return this with { Spec = known.Spec, Status = Status.WithoutDisabled(known.Status) };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PersistentVolumeClaimTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var known = (PersistentVolumeClaim)old;
        for (var i = 0; i < 2; i++)
        {
            // Upstream checks the claim as a new one first, and then again as a changed one.
            ObjectMetaValidation.ValidateCreate(this, Info, errors);
            Spec.Validate(FieldPath.Root.Child("spec"), errors, known.Spec);
        }

        PersistentVolumeClaimUpdate.Validate(this, known, errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors)
    {
        if (Spec.AccessModes.IsEmpty)
        {
            errors.Required(FieldPath.Root.Child("Spec", "accessModes"));
        }

        Status.Validate(FieldPath.Root.Child("status"), errors);
    }

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings()
    {
        if (Metadata.Annotations.ContainsKey(ClassAnnotation))
        {
            yield return ClassAnnotationWarning;
        }

        var path = FieldPath.Root.Child("spec", "resources");
        foreach (var (amounts, field) in new[] { (Spec.Resources.Requests, "requests"), (Spec.Resources.Limits, "limits") })
        {
            if (amounts.TryGetValue("storage", out var storage) && storage.MilliValue % 1000 != 0)
            {
                yield return $"{path.Child(field).Key("storage")}: fractional byte value {GoSyntax.Quote(storage.ToString())} is invalid, must be an integer";
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => CreateWarnings();
}
