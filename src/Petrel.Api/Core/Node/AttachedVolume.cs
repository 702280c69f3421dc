using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AttachedVolume")]
public sealed partial record AttachedVolume
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string DevicePath { get; init; } = "";
}
