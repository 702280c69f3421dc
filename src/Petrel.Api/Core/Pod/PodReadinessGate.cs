using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodReadinessGate")]
public sealed partial record PodReadinessGate
{
    /// <summary>Type of the condition.</summary>
    [Field(1, Required = true, Always = true)]
    public string ConditionType { get; init; } = "";
}
