using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapEnvSource")]
public sealed partial record ConfigMapEnvSource
{
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    [Field(2)]
    public bool? Optional { get; init; }
}
