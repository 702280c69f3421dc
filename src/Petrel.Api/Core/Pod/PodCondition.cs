using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodCondition")]
public sealed partial record PodCondition
{
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    [Field(7)]
    public long ObservedGeneration { get; init; }

    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    [Field(3, Always = true)]
    public DateTimeOffset? LastProbeTime { get; init; }

    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [Field(5)]
    public string Reason { get; init; } = "";

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
