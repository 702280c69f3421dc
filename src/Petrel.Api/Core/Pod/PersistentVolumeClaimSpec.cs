using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimSpec")]
public sealed partial record PersistentVolumeClaimSpec
{
    /// <summary>How the volume is to be usable.</summary>
    [Field(1, Enum = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], ListType = "atomic")]
    public ApiList<string> AccessModes { get; init; }

    /// <summary>Which volumes come into question.</summary>
    [Field(4)]
    public LabelSelector? Selector { get; init; }

    /// <summary>How much storage is needed.</summary>
    [Field(2, Always = true)]
    public VolumeResourceRequirements Resources { get; init; } = VolumeResourceRequirements.Empty;

    /// <summary>Volume that the claim has.</summary>
    [Field(3)]
    public string VolumeName { get; init; } = "";

    /// <summary>Class of storage; the default one when left out, none when empty.</summary>
    [Field(5)]
    public string? StorageClassName { get; init; }

    /// <summary>Filesystem (when left out) or Block.</summary>
    [Field(6, Enum = ["Block", "Filesystem"])]
    public string? VolumeMode { get; init; }

    /// <summary>Snapshot or claim with which the volume begins.</summary>
    [Field(7)]
    public TypedLocalObjectReference? DataSource { get; init; }

    /// <summary>Object with which the volume begins: any kind, and with namespace also of another one.</summary>
    [Field(8)]
    public TypedObjectReference? DataSourceRef { get; init; }

    /// <summary>Class of settings that may be changed while the volume is in use.</summary>
    [Field(9)]
    public string? VolumeAttributesClassName { get; init; }

    internal PersistentVolumeClaimSpec WithDefaults() => this with
    {
        VolumeMode = VolumeMode ?? "Filesystem",
        Resources = Resources.WithDefaults(),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (AccessModes.IsEmpty)
        {
            errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        }

        Selector?.Validate(path.Child("selector"), errors);
        foreach (var mode in AccessModes)
        {
            errors.OneOf(path.Child("accessModes"), mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        }

        if (AccessModes.Count > 1 && AccessModes.Contains("ReadWriteOncePod"))
        {
            errors.Forbidden(path.Child("accessModes"), "may not use ReadWriteOncePod with other access modes");
        }

        ValidateStorage(path.Child("resources").Key("storage"), errors);
        if (StorageClassName is { Length: > 0 } className)
        {
            errors.DnsSubdomain(path.Child("storageClassName"), className);
        }

        if (VolumeMode is not null)
        {
            errors.OneOf(path.Child("volumeMode"), VolumeMode, "Block", "Filesystem");
        }
    }

    private void ValidateStorage(FieldPath path, FieldErrors errors)
    {
        if (!Resources.Requests.TryGetValue("storage", out var storage))
        {
            errors.Required(path);
        }
        else if (storage.Sign <= 0)
        {
            errors.Invalid(path, storage.ToString(), "must be greater than zero");
        }
    }
}
