using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeMountStatus")]
public sealed partial record VolumeMountStatus
{
    /// <summary>Name of the volume.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Path in the container.</summary>
    [Field(2, Required = true, Always = true)]
    public string MountPath { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    /// <summary>How it is with mounts below: Disabled or Enabled.</summary>
    [Field(4)]
    public string? RecursiveReadOnly { get; init; }
}
