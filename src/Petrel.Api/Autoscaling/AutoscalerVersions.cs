using Petrel.Api.Autoscaling.V2;

namespace Petrel.Api.Autoscaling;

/// <summary>Turns autoscalers of version 1 into ones of version 2 and back without losing anything.</summary>
internal static class AutoscalerVersions
{
    public static HorizontalPodAutoscaler ToVersion1(V2.HorizontalPodAutoscaler autoscaler)
    {
        var (spec, status) = (autoscaler.Spec, autoscaler.Status);
        return new()
        {
            Metadata = autoscaler.Metadata with { Annotations = AutoscalerAnnotations.Write(autoscaler) },
            Spec = new()
            {
                ScaleTargetRef = new() { Kind = spec.ScaleTargetRef.Kind, Name = spec.ScaleTargetRef.Name, ApiVersion = spec.ScaleTargetRef.ApiVersion },
                MinReplicas = spec.MinReplicas,
                MaxReplicas = spec.MaxReplicas,
                TargetCPUUtilizationPercentage = spec.Metrics.LastOrDefault(IsCpu)?.Resource!.Target.AverageUtilization,
            },
            Status = new()
            {
                ObservedGeneration = status.ObservedGeneration,
                LastScaleTime = status.LastScaleTime,
                CurrentReplicas = status.CurrentReplicas,
                DesiredReplicas = status.DesiredReplicas,
                CurrentCPUUtilizationPercentage = status.CurrentMetrics.LastOrDefault(static metric => metric is { Type: "Resource", Resource.Name: "cpu" })?.Resource!.Current.AverageUtilization,
            },
        };
    }

    public static V2.HorizontalPodAutoscaler ToVersion2(HorizontalPodAutoscaler autoscaler)
    {
        var (spec, status) = (autoscaler.Spec, autoscaler.Status);
        var annotations = autoscaler.Metadata.Annotations;
        return new()
        {
            Metadata = autoscaler.Metadata with { Annotations = AutoscalerAnnotations.Without(annotations) },
            Spec = new()
            {
                ScaleTargetRef = new() { Kind = spec.ScaleTargetRef.Kind, Name = spec.ScaleTargetRef.Name, ApiVersion = spec.ScaleTargetRef.ApiVersion },
                MinReplicas = spec.MinReplicas,
                MaxReplicas = spec.MaxReplicas,
                Metrics = Metrics(AutoscalerAnnotations.Metrics(annotations), spec.TargetCPUUtilizationPercentage),
                Behavior = AutoscalerAnnotations.Behavior(annotations),
            },
            Status = new()
            {
                ObservedGeneration = status.ObservedGeneration,
                LastScaleTime = status.LastScaleTime,
                CurrentReplicas = status.CurrentReplicas,
                DesiredReplicas = status.DesiredReplicas,
                CurrentMetrics = CurrentMetrics(AutoscalerAnnotations.CurrentMetrics(annotations), status.CurrentCPUUtilizationPercentage),
                Conditions = AutoscalerAnnotations.Conditions(annotations),
            },
        };
    }

    /// <summary>The metric that version 1 has a field for.</summary>
    internal static bool IsCpu(MetricSpec metric) => metric is { Type: "Resource", Resource: { Name: "cpu", Target.AverageUtilization: not null } };

    private static ApiList<MetricSpec> Metrics(ApiList<MetricSpec> annotated, int? percentage) => percentage is null
        ? annotated
        : annotated.Add(new()
        {
            Type = "Resource",
            Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = percentage } },
        });

    private static ApiList<MetricStatus> CurrentMetrics(ApiList<MetricStatus> annotated, int? percentage) => percentage is null || !annotated.IsEmpty
        ? annotated
        : [new() { Type = "Resource", Resource = new() { Name = "cpu", Current = new() { AverageUtilization = percentage } } }];
}
