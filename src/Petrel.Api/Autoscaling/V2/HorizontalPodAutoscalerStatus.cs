using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus")]
public sealed partial record HorizontalPodAutoscalerStatus
{
    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long? ObservedGeneration { get; init; }

    /// <summary>When the number of replicas was last changed.</summary>
    [Field(2)]
    public DateTimeOffset? LastScaleTime { get; init; }

    /// <summary>Replicas that there are.</summary>
    [Field(3)]
    public int CurrentReplicas { get; init; }

    /// <summary>Replicas that there should be.</summary>
    [Field(4, Required = true, Always = true)]
    public int DesiredReplicas { get; init; }

    /// <summary>What was last measured.</summary>
    [Field(5, Always = true, ListType = "atomic")]
    public ApiList<MetricStatus> CurrentMetrics { get; init; }

    /// <summary>State of the autoscaler, one entry for each aspect.</summary>
    [Field(6, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<HorizontalPodAutoscalerCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition")]
public sealed partial record HorizontalPodAutoscalerCondition
{
    /// <summary>What the condition is about.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the status last changed.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}
