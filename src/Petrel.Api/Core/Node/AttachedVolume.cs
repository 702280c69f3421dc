using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.AttachedVolume")]
public sealed partial record AttachedVolume
{
    /// <summary>Name of the volume.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Device that it is on the node.</summary>
    [Field(2, Required = true, Always = true)]
    public string DevicePath { get; init; } = "";
}
