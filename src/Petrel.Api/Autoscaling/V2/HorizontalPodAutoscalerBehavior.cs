using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior")]
public sealed partial record HorizontalPodAutoscalerBehavior
{
    private static readonly HPAScalingPolicy Double = new() { Type = "Percent", Value = 100, PeriodSeconds = 15 };

    private static readonly HPAScalingPolicy Four = new() { Type = "Pods", Value = 4, PeriodSeconds = 15 };

    /// <summary>How fast replicas are added; four pods or as many as there are every 15 seconds when left out.</summary>
    [Field(1)]
    public HPAScalingRules? ScaleUp { get; init; }

    /// <summary>How fast replicas are taken away; at once when left out.</summary>
    [Field(2)]
    public HPAScalingRules? ScaleDown { get; init; }

    internal HorizontalPodAutoscalerBehavior WithDefaults() => new()
    {
        ScaleUp = (ScaleUp ?? HPAScalingRules.Empty).WithDefaults(0, [Four, Double]),
        ScaleDown = (ScaleDown ?? HPAScalingRules.Empty).WithDefaults(null, [Double]),
    };

    internal HorizontalPodAutoscalerBehavior WithoutTolerance() => new()
    {
        ScaleUp = ScaleUp is null ? null : ScaleUp with { Tolerance = null },
        ScaleDown = ScaleDown is null ? null : ScaleDown with { Tolerance = null },
    };
}

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingRules")]
public sealed partial record HPAScalingRules
{
    /// <summary>Seconds whose recommendations are taken together; up to 3600.</summary>
    [Field(3)]
    public int? StabilizationWindowSeconds { get; init; }

    /// <summary>Which of the policies holds: Max (when left out), Min or Disabled.</summary>
    [Field(1)]
    public string? SelectPolicy { get; init; }

    /// <summary>How much may change in some time.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<HPAScalingPolicy> Policies { get; init; }

    /// <summary>Share by which a metric may be off before anything changes. Its feature is off by default.</summary>
    [Field(4)]
    public Quantity? Tolerance { get; init; }

    internal HPAScalingRules WithDefaults(int? window, ApiList<HPAScalingPolicy> policies) => this with
    {
        StabilizationWindowSeconds = StabilizationWindowSeconds ?? window,
        SelectPolicy = SelectPolicy ?? "Max",
        Policies = Policies.IsNil ? policies : Policies,
    };
}

[ApiType("io.k8s.api.autoscaling.v2.HPAScalingPolicy")]
public sealed partial record HPAScalingPolicy
{
    /// <summary>Pods or Percent.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>How much may change.</summary>
    [Field(2, Required = true, Always = true)]
    public int Value { get; init; }

    /// <summary>In how many seconds; up to 1800.</summary>
    [Field(3, Required = true, Always = true)]
    public int PeriodSeconds { get; init; }
}
