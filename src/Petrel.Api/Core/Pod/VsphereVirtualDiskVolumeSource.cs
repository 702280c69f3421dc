using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource")]
public sealed partial record VsphereVirtualDiskVolumeSource
{
    /// <summary>Path of the disk.</summary>
    [Field(1, Required = true, Always = true)]
    public string VolumePath { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";

    /// <summary>Name of the storage policy.</summary>
    [Field(3)]
    public string StoragePolicyName { get; init; } = "";

    /// <summary>Identity of the storage policy.</summary>
    [Field(4)]
    public string StoragePolicyID { get; init; } = "";
}
