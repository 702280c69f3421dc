using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Storage;

/// <summary>Asks to attach a volume to a node, or to detach it by being deleted.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeAttachment")]
public sealed partial record VolumeAttachment : ApiObject, IResource<VolumeAttachment>, IHasDefaults, IHasStatus, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments")
    {
        Columns = VolumeAttachmentTable.Columns,
        DeleteReturnsObject = true,
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is to be attached, and where. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public VolumeAttachmentSpec Spec { get; init; } = VolumeAttachmentSpec.Empty;

    /// <summary>What is so; written by whoever attaches.</summary>
    [Field(3, Always = true)]
    public VolumeAttachmentStatus Status { get; init; } = VolumeAttachmentStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => Spec.Source.InlineVolumeSpec is { } inline
        ? this with { Spec = Spec with { Source = Spec.Source with { InlineVolumeSpec = inline.WithSourceDefaults() } } }
        : this;

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((VolumeAttachment)other).Status };

    /// <summary>Of the metadata only what the server tracks changes with the status. An error code belongs to a feature that is off.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var known = (VolumeAttachment)old;
        return known with
        {
            Metadata = known.Metadata.WithTrackingOf(Metadata),
            Status = Status with
            {
                AttachError = Status.AttachError?.WithoutDisabled(known.Status.AttachError),
                DetachError = Status.DetachError?.WithoutDisabled(known.Status.DetachError),
            },
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => VolumeAttachmentTable.Cells(this, now);

    /// <summary>The last rules came with v1, so upstream lists them after all others.</summary>
    public void Validate(FieldErrors errors)
    {
        ValidateKept(errors);
        errors.DriverName(FieldPath.Root.Child("spec", "attacher"), Spec.Attacher);
        if (Spec.Source.PersistentVolumeName is { } name)
        {
            errors.DnsSubdomain(FieldPath.Root.Child("spec", "source").Child("persistentVolumeName"), name);
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        for (var i = 0; i < 2; i++)
        {
            // Upstream checks the object as a new one first, and then again as a changed one.
            ObjectMetaValidation.ValidateCreate(this, Info, errors);
            ValidateKept(errors);
        }

        if (Spec != ((VolumeAttachment)old).Spec)
        {
            errors.Invalid(FieldPath.Root.Child("spec"), Spec.GoText, "field is immutable");
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ValidateUpdate(old, errors);

    private void ValidateKept(FieldErrors errors)
    {
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        Status.Validate(FieldPath.Root.Child("status"), errors);
    }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSpec")]
public sealed partial record VolumeAttachmentSpec
{
    /// <summary>Name of the driver that attaches.</summary>
    [Field(1, Required = true, Always = true)]
    public string Attacher { get; init; } = "";

    /// <summary>The volume.</summary>
    [Field(2, Required = true, Always = true)]
    public VolumeAttachmentSource Source { get; init; } = VolumeAttachmentSource.Empty;

    /// <summary>The node.</summary>
    [Field(3, Required = true, Always = true)]
    public string NodeName { get; init; } = "";

    internal Verbatim GoText => new(
        $"storage.VolumeAttachmentSpec{{Attacher:{GoSyntax.Quote(Attacher)}, Source:storage.VolumeAttachmentSource{{"
        + $"PersistentVolumeName:{GoSyntax.Pointer("string", Source.PersistentVolumeName)}, InlineVolumeSpec:{GoSyntax.Pointer("core.PersistentVolumeSpec", Source.InlineVolumeSpec)}}}, "
        + $"NodeName:{GoSyntax.Quote(NodeName)}}}");

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("attacher"), Attacher);
        Source.Validate(path.Child("source"), errors);
        errors.DnsSubdomain(path.Child("nodeName"), NodeName);
    }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentSource")]
public sealed partial record VolumeAttachmentSource
{
    private const string OneOf = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    /// <summary>Name of the persistent volume.</summary>
    [Field(1)]
    public string? PersistentVolumeName { get; init; }

    /// <summary>The volume itself, for one that a pod states inline and that goes through CSI.</summary>
    [Field(2)]
    public PersistentVolumeSpec? InlineVolumeSpec { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (PersistentVolumeName, InlineVolumeSpec)
        {
            case (null, null):
                errors.Required(path, OneOf);
                break;
            case (not null, not null):
                errors.Forbidden(path, OneOf);
                break;
            case ({ } name, _):
                errors.NotEmpty(path.Child("persistentVolumeName"), name, "must specify non empty persistentVolumeName");
                break;
            case (_, { } inline):
                PersistentVolumeValidation.Validate(inline, "", isInline: true, path.Child("inlineVolumeSpec"), errors);
                break;
        }
    }
}

[ApiType("io.k8s.api.storage.v1.VolumeAttachmentStatus")]
public sealed partial record VolumeAttachmentStatus
{
    private const int MetadataBytesMax = 256 * 1024;

    /// <summary>The volume is attached.</summary>
    [Field(1, Required = true, Always = true)]
    public bool Attached { get; init; }

    /// <summary>What the driver needs to know to mount the volume.</summary>
    [Field(2)]
    public ApiMap<string> AttachmentMetadata { get; init; }

    /// <summary>Why the last try to attach failed.</summary>
    [Field(3)]
    public VolumeError? AttachError { get; init; }

    /// <summary>Why the last try to detach failed.</summary>
    [Field(4)]
    public VolumeError? DetachError { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (AttachmentMetadata.Sum(static entry => (long)NameFormats.Bytes(entry.Key) + NameFormats.Bytes(entry.Value)) > MetadataBytesMax)
        {
            errors.TooLong(path.Child("attachmentMetadata"), MetadataBytesMax);
        }

        AttachError?.Validate(path.Child("attachError"), errors);
        DetachError?.Validate(path.Child("detachError"), errors);
    }
}

[ApiType("io.k8s.api.storage.v1.VolumeError")]
public sealed partial record VolumeError
{
    private const int MessageBytesMax = 1024;

    // Upstream names this limit, which is another one.
    private const int MessageBytesNamed = 256 * 1024;

    /// <summary>When it happened.</summary>
    [Field(1, Always = true)]
    public DateTimeOffset? Time { get; init; }

    /// <summary>What went wrong. May be logged, so without secrets.</summary>
    [Field(2)]
    public string Message { get; init; } = "";

    /// <summary>The driver's gRPC code.</summary>
    [Field(3)]
    public int? ErrorCode { get; init; }

    /// <summary>Without what belongs to a feature that is off (MutableCSINodeAllocatableCount), unless the stored object uses it.</summary>
    internal VolumeError WithoutDisabled(VolumeError? old) =>
        FeatureGates.IsOn(KnownFeatures.MutableCSINodeAllocatableCount) || old?.ErrorCode is not null ? this : this with { ErrorCode = null };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(Message) > MessageBytesMax)
        {
            errors.TooLong(path.Child("message"), MessageBytesNamed);
        }

        if (ErrorCode is { } code)
        {
            errors.InRange(path.Child("errorCode"), code, 0, int.MaxValue);
        }
    }
}
