using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeMountStatus")]
public sealed partial record VolumeMountStatus
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string MountPath { get; init; } = "";

    [Field(3)]
    public bool ReadOnly { get; init; }

    [Field(4)]
    public string? RecursiveReadOnly { get; init; }
}
