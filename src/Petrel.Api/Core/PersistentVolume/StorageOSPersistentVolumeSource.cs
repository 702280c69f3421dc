using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.StorageOSPersistentVolumeSource")]
public sealed partial record StorageOSPersistentVolumeSource
{
    /// <summary>Name of the volume.</summary>
    [Field(1)]
    public string VolumeName { get; init; } = "";

    /// <summary>Namespace of the volume; the claim's when left out.</summary>
    [Field(2)]
    public string VolumeNamespace { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(3)]
    public string FsType { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(4)]
    public bool ReadOnly { get; init; }

    /// <summary>Secret with the credentials.</summary>
    [Field(5)]
    public ObjectReference? SecretRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("volumeName"), VolumeName))
        {
            errors.DnsLabel(path.Child("volumeName"), VolumeName);
        }

        if (VolumeNamespace.Length != 0)
        {
            errors.DnsLabel(path.Child("volumeNamespace"), VolumeNamespace);
        }

        if (SecretRef is not null)
        {
            errors.NotEmpty(path.Child("secretRef", "name"), SecretRef.Name);
            errors.NotEmpty(path.Child("secretRef", "namespace"), SecretRef.Namespace);
        }
    }
}
