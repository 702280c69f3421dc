using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSwapStatus")]
public sealed partial record NodeSwapStatus
{
    /// <summary>Swap space in bytes.</summary>
    [Field(1)]
    public long? Capacity { get; init; }
}
