using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PortworxVolumeSource")]
public sealed partial record PortworxVolumeSource
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
}
