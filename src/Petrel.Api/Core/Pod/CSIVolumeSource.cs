using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.CSIVolumeSource")]
public sealed partial record CSIVolumeSource
{
    /// <summary>Name of the CSI driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(2)]
    public bool? ReadOnly { get; init; }

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(3)]
    public string? FsType { get; init; }

    /// <summary>What the driver needs to know; see its documentation.</summary>
    [Field(4)]
    public ApiMap<string> VolumeAttributes { get; init; }

    /// <summary>Secret that the driver gets to mount the volume.</summary>
    [Field(5)]
    public LocalObjectReference? NodePublishSecretRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.DriverName(path.Child("driver"), Driver);
        if (NodePublishSecretRef is { } secret && errors.NotEmpty(path.Child("nodePublishSecretRef", "name"), secret.Name))
        {
            errors.DnsSubdomain(path.Child("nodePublishSecretRef", "name"), secret.Name);
        }
    }
}
