using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GCEPersistentDiskVolumeSource")]
public sealed partial record GCEPersistentDiskVolumeSource
{
    /// <summary>Name of the disk.</summary>
    [Field(1, Required = true, Always = true)]
    public string PdName { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";

    /// <summary>Partition of the disk to mount; 0 for the whole.</summary>
    [Field(3)]
    public int Partition { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(4)]
    public bool ReadOnly { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("pdName"), PdName);
        if (Partition is < 0 or > 255)
        {
            errors.InRange(path.Child("partition"), Partition, 1, 255);
        }
    }
}
