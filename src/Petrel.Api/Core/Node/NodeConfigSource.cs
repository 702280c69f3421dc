using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigSource")]
public sealed partial record NodeConfigSource
{
    [Field(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
