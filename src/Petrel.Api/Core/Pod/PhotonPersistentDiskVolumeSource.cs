using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource")]
public sealed partial record PhotonPersistentDiskVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string PdID { get; init; } = "";

    [Field(2)]
    public string FsType { get; init; } = "";
}
