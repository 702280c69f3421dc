using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSchedulingGate")]
public sealed partial record PodSchedulingGate
{
    /// <summary>Name of the gate.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
