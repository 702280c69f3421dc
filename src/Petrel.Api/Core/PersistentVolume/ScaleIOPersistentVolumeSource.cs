using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ScaleIOPersistentVolumeSource")]
public sealed partial record ScaleIOPersistentVolumeSource
{
    /// <summary>Address of the API gateway.</summary>
    [Field(1, Required = true, Always = true)]
    public string Gateway { get; init; } = "";

    /// <summary>Name of the storage system.</summary>
    [Field(2, Required = true, Always = true)]
    public string System { get; init; } = "";

    /// <summary>Secret with the user and password.</summary>
    [Field(3, Always = true, Required = true)]
    public SecretReference? SecretRef { get; init; }

    /// <summary>Talk TLS to the gateway.</summary>
    [Field(4)]
    public bool SslEnabled { get; init; }

    /// <summary>Protection domain of the volume.</summary>
    [Field(5)]
    public string ProtectionDomain { get; init; } = "";

    /// <summary>Storage pool of the volume.</summary>
    [Field(6)]
    public string StoragePool { get; init; } = "";

    /// <summary>ThickProvisioned or ThinProvisioned; the latter when left out.</summary>
    [Field(7, Default = "\"ThinProvisioned\"")]
    public string StorageMode { get; init; } = "";

    /// <summary>Name of the volume.</summary>
    [Field(8)]
    public string VolumeName { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; xfs when left out.</summary>
    [Field(9, Default = "\"xfs\"")]
    public string FsType { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(10)]
    public bool ReadOnly { get; init; }

    internal ScaleIOPersistentVolumeSource WithDefaults() => this with
    {
        StorageMode = StorageMode.Length == 0 ? "ThinProvisioned" : StorageMode,
        FsType = FsType.Length == 0 ? "xfs" : FsType,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("gateway"), Gateway);
        errors.NotEmpty(path.Child("system"), System);
        errors.NotEmpty(path.Child("volumeName"), VolumeName);
    }
}
