using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeCondition")]
public sealed partial record NodeCondition
{
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    [Field(3, Always = true)]
    public DateTimeOffset? LastHeartbeatTime { get; init; }

    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [Field(5)]
    public string Reason { get; init; } = "";

    [Field(6)]
    public string Message { get; init; } = "";
}
