using Petrel.Api.Autoscaling.V2Beta1;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>An autoscaler as autoscaling/v2beta1 had it.</summary>
[ApiType("io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscaler")]
public sealed partial record HorizontalPodAutoscaler : ApiObject, IResource<HorizontalPodAutoscaler>
{
    public static ResourceInfo Info { get; } = new("autoscaling", "v2beta1", "HorizontalPodAutoscaler", "horizontalpodautoscalers");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public HorizontalPodAutoscalerSpec Spec { get; init; } = HorizontalPodAutoscalerSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public HorizontalPodAutoscalerStatus Status { get; init; } = HorizontalPodAutoscalerStatus.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerSpec")]
public sealed partial record HorizontalPodAutoscalerSpec
{
    /// <summary>The object whose replicas are set.</summary>
    [Field(1, Always = true)]
    public CrossVersionObjectReference ScaleTargetRef { get; init; } = CrossVersionObjectReference.Empty;

    /// <summary>Fewest replicas.</summary>
    [Field(2)]
    public int? MinReplicas { get; init; }

    /// <summary>Most replicas.</summary>
    [Field(3, Always = true)]
    public int MaxReplicas { get; init; }

    /// <summary>What the number of replicas follows.</summary>
    [Field(4)]
    public ApiList<MetricSpec> Metrics { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerStatus")]
public sealed partial record HorizontalPodAutoscalerStatus
{
    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long? ObservedGeneration { get; init; }

    /// <summary>When the number of replicas was last changed.</summary>
    [Field(2)]
    public DateTimeOffset? LastScaleTime { get; init; }

    /// <summary>Replicas that there are.</summary>
    [Field(3, Always = true)]
    public int CurrentReplicas { get; init; }

    /// <summary>Replicas that there should be.</summary>
    [Field(4, Always = true)]
    public int DesiredReplicas { get; init; }

    /// <summary>What was measured.</summary>
    [Field(5, Always = true)]
    public ApiList<MetricStatus> CurrentMetrics { get; init; }

    /// <summary>State of the autoscaler.</summary>
    [Field(6, Always = true)]
    public ApiList<Autoscaling.V2.HorizontalPodAutoscalerCondition> Conditions { get; init; }
}
