using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodCondition")]
public sealed partial record PodCondition
{
    /// <summary>PodScheduled, Initialized, ContainersReady, Ready, DisruptionTarget or one of a readiness gate.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>Generation of the spec that the condition reflects.</summary>
    [Field(7)]
    public long ObservedGeneration { get; init; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When it was last looked at.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6)]
    public string Message { get; init; } = "";

    /// <summary>Why a new pod with scheduling gates is not scheduled.</summary>
    internal static PodCondition SchedulingGated { get; } = new()
    {
        Type = "PodScheduled",
        Status = "False",
        Reason = "SchedulingGated",
        Message = "Scheduling is blocked due to non-empty scheduling gates",
    };
}
