using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource")]
public sealed partial record PhotonPersistentDiskVolumeSource
{
    /// <summary>Identity of the disk.</summary>
    [Field(1, Required = true, Always = true)]
    public string PdID { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";
}
