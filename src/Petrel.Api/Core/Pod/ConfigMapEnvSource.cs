using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapEnvSource")]
public sealed partial record ConfigMapEnvSource
{
    /// <summary>Name of the config map.</summary>
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    /// <summary>It may be missing.</summary>
    [Field(2)]
    public bool? Optional { get; init; }
}
