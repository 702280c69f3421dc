using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.CinderPersistentVolumeSource")]
public sealed partial record CinderPersistentVolumeSource
{
    /// <summary>Identity of the volume at its provider.</summary>
    [Field(1, Required = true, Always = true)]
    public string VolumeID { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    /// <summary>Secret with what connects to OpenStack.</summary>
    [Field(4)]
    public SecretReference? SecretRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("volumeID"), VolumeID);
        SecretRef?.ValidatePresence(path.Child("secretRef"), errors);
    }
}
