using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.CSIPersistentVolumeSource")]
public sealed partial record CSIPersistentVolumeSource
{
    /// <summary>Name of the CSI driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>Identity of the volume at the driver.</summary>
    [Field(2, Required = true, Always = true)]
    public string VolumeHandle { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(4)]
    public string FsType { get; init; } = "";

    /// <summary>What the driver needs to know; see its documentation.</summary>
    [Field(5)]
    public ApiMap<string> VolumeAttributes { get; init; }

    /// <summary>Secret that the driver gets to attach and detach the volume.</summary>
    [Field(6)]
    public SecretReference? ControllerPublishSecretRef { get; init; }

    /// <summary>Secret that the driver gets to prepare the volume on a node.</summary>
    [Field(7)]
    public SecretReference? NodeStageSecretRef { get; init; }

    /// <summary>Secret that the driver gets to mount the volume for a pod.</summary>
    [Field(8)]
    public SecretReference? NodePublishSecretRef { get; init; }

    /// <summary>Secret that the driver gets to grow the volume.</summary>
    [Field(9)]
    public SecretReference? ControllerExpandSecretRef { get; init; }

    /// <summary>Secret that the driver gets to grow the volume on a node.</summary>
    [Field(10)]
    public SecretReference? NodeExpandSecretRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.DriverName(path.Child("driver"), Driver);
        errors.NotEmpty(path.Child("volumeHandle"), VolumeHandle);
        ControllerPublishSecretRef?.Validate(path.Child("controllerPublishSecretRef"), errors);
        ControllerExpandSecretRef?.Validate(path.Child("controllerExpandSecretRef"), errors);
        NodePublishSecretRef?.Validate(path.Child("nodePublishSecretRef"), errors);
        NodeExpandSecretRef?.Validate(path.Child("nodeExpandSecretRef"), errors);
    }
}
