using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Storage of the cluster that a claim can have.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolume")]
public sealed partial record PersistentVolume : ApiObject, IResource<PersistentVolume>, IHasDefaults, IHasStatus, IPrepared, IPrintable, IRecordsTimes, IValidated,
    IValidatedUpdate, IWarnsOnCreate, IWarnsOnUpdate
{
    /// <summary>The finalizer that keeps a volume as long as a claim has it.</summary>
    public const string ProtectionFinalizer = "kubernetes.io/pv-protection";

    private const string MountOptionsAnnotation = "volume.beta.kubernetes.io/mount-options";

    public static ResourceInfo Info { get; } = new("", "v1", "PersistentVolume", "persistentvolumes")
    {
        Columns = PersistentVolumeTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        ShortNames = ["pv"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PersistentVolumeSpec Spec { get; init; } = PersistentVolumeSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PersistentVolumeStatus Status { get; init; } = PersistentVolumeStatus.Empty;

    /// <summary>The class that the volume has, by annotation or field.</summary>
    public string ClassName => Metadata.Annotations.TryGetValue(PersistentVolumeClaim.ClassAnnotation, out var name) ? name : Spec.StorageClassName;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        Spec = Spec.WithSourceDefaults() with
        {
            PersistentVolumeReclaimPolicy = Spec.PersistentVolumeReclaimPolicy.Length == 0 ? "Retain" : Spec.PersistentVolumeReclaimPolicy,
            VolumeMode = Spec.VolumeMode ?? "Filesystem",
        },
        Status = Status with { Phase = Status.Phase.Length == 0 ? "Pending" : Status.Phase },
    };

    /// <summary>A new volume is pending since it was created.</summary>
    public ApiObject PrepareForCreate() => this with
    {
        Spec = Spec.WithoutDisabled(old: null),
        Status = new PersistentVolumeStatus { Phase = "Pending", LastPhaseTransitionTime = Metadata.CreationTimestamp },
    };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var known = (PersistentVolume)old;
        return this with { Spec = Spec.WithoutDisabled(known.Spec), Status = known.Status };
    }

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((PersistentVolume)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => this with { Spec = ((PersistentVolume)old).Spec };

    /// <summary>The time of a new phase is now, unless the client knows better.</summary>
    public ApiObject WithTimes(ApiObject old, DateTimeOffset now)
    {
        var (known, given) = (((PersistentVolume)old).Status, Status.LastPhaseTransitionTime);
        if (known.Phase == Status.Phase)
        {
            return given is null ? this with { Status = Status with { LastPhaseTransitionTime = known.LastPhaseTransitionTime } } : this;
        }

        return given is null || given == known.LastPhaseTransitionTime ? this with { Status = Status with { LastPhaseTransitionTime = now } } : this;
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PersistentVolumeTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ValidateSpec(errors);
        ValidateMountOptions(errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        ValidateSpec(errors);
        Spec.ValidateUpdate(((PersistentVolume)old).Spec, errors);
    }

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings() => PersistentVolumeWarnings.Of(this);

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => PersistentVolumeWarnings.Of(this);

    private void ValidateSpec(FieldErrors errors) => PersistentVolumeValidation.Validate(Spec, Metadata.Name, isInline: false, FieldPath.Root.Child("spec"), errors);

    private void ValidateMountOptions(FieldErrors errors)
    {
        if (Metadata.Annotations.ContainsKey(MountOptionsAnnotation) && !Spec.HasMountedSource)
        {
            errors.Forbidden(FieldPath.Root.Child("metadata", "annotations").Child(MountOptionsAnnotation), "may not specify mount options for this volume type");
        }
    }
}
