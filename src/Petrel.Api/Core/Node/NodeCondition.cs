using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeCondition")]
public sealed partial record NodeCondition
{
    /// <summary>Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the agent last reported it.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastHeartbeatTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6)]
    public string Message { get; init; } = "";
}
