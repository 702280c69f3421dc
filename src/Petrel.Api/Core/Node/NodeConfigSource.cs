using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigSource")]
public sealed partial record NodeConfigSource
{
    /// <summary>Config map with the configuration. No longer in use.</summary>
    [Field(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
