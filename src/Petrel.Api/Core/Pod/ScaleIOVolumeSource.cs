using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ScaleIOVolumeSource")]
public sealed partial record ScaleIOVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Gateway { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string System { get; init; } = "";

    [Field(3, Always = true, Required = true)]
    public LocalObjectReference? SecretRef { get; init; }

    [Field(4)]
    public bool SslEnabled { get; init; }

    [Field(5)]
    public string ProtectionDomain { get; init; } = "";

    [Field(6)]
    public string StoragePool { get; init; } = "";

    [Field(7, Default = "\"ThinProvisioned\"")]
    public string StorageMode { get; init; } = "";

    [Field(8)]
    public string VolumeName { get; init; } = "";

    [Field(9, Default = "\"xfs\"")]
    public string FsType { get; init; } = "";

    [Field(10)]
    public bool ReadOnly { get; init; }

    internal ScaleIOVolumeSource WithDefaults() => this with
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
