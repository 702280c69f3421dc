using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.StorageOSVolumeSource")]
public sealed partial record StorageOSVolumeSource
{
    [Field(1)]
    public string VolumeName { get; init; } = "";

    [Field(2)]
    public string VolumeNamespace { get; init; } = "";

    [Field(3)]
    public string FsType { get; init; } = "";

    [Field(4)]
    public bool ReadOnly { get; init; }

    [Field(5)]
    public LocalObjectReference? SecretRef { get; init; }

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
        }
    }
}
