using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Autoscaling.V2;

/// <summary>An autoscaler as a row.</summary>
internal static class HorizontalPodAutoscalerTable
{
    // A cell shows this many metrics.
    private const int MetricsMax = 2;

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Reference", Description:
            "scaleTargetRef points to the target resource to scale, and is used to the pods for which metrics should be collected, as well as to actually change the "
            + "replica count."),
        new("Targets", Description:
            "metrics contains the specifications for which to use to calculate the desired replica count (the maximum replica count across all metrics will be used).  "
            + "The desired replica count is calculated multiplying the ratio between the target value and the current value by the current number of pods.  Ergo, "
            + "metrics used must decrease as the pod count is increased, and vice-versa.  See the individual metric source types for more information about how each "
            + "type of metric must respond."),
        new("MinPods", Description:
            "minReplicas is the lower limit for the number of replicas to which the autoscaler can scale down.  It defaults to 1 pod.  minReplicas is allowed to be 0 "
            + "if the alpha feature gate HPAScaleToZero is enabled and at least one Object or External metric is configured.  Scaling is active as long as at least one "
            + "metric value is available."),
        new("MaxPods", Description: "maxReplicas is the upper limit for the number of replicas to which the autoscaler can scale up. It cannot be less that minReplicas."),
        new("Replicas", Description: "currentReplicas is current number of replicas of pods managed by this autoscaler, as last seen by the autoscaler."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(HorizontalPodAutoscaler autoscaler, DateTimeOffset now)
    {
        var (spec, status) = (autoscaler.Spec, autoscaler.Status);
        return
        [
            autoscaler.Metadata.Name,
            $"{spec.ScaleTargetRef.Kind}/{spec.ScaleTargetRef.Name}",
            Targets(spec.Metrics, status.CurrentMetrics),
            spec.MinReplicas?.ToString(CultureInfo.InvariantCulture) ?? "<unset>",
            (long)spec.MaxReplicas,
            (long)status.CurrentReplicas,
            TableText.Age(autoscaler.Metadata.CreationTimestamp, now),
        ];
    }

    private static string Targets(ApiList<MetricSpec> metrics, ApiList<MetricStatus> current)
    {
        if (metrics.IsEmpty)
        {
            return TableText.None;
        }

        var texts = metrics.Select((metric, i) => Target(metric, i < current.Count ? current[i] : null)).ToArray();
        var shown = string.Join(", ", texts.Take(MetricsMax));
        return texts.Length <= MetricsMax ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} + {texts.Length - MetricsMax} more...");
    }

    private static string Target(MetricSpec metric, MetricStatus? current) => metric.Type switch
    {
        "External" => Value(metric.External?.Target, current?.External?.Current),
        "Pods" => $"{Shown(current?.Pods?.Current, static value => value.AverageValue)}/{metric.Pods?.Target.AverageValue}",
        "Object" => Value(metric.Object?.Target, current?.Object?.Current),
        "Resource" => $"{metric.Resource?.Name}: {Utilization(metric.Resource?.Target, current?.Resource?.Current)}",
        "ContainerResource" => $"{metric.ContainerResource?.Name}: {Utilization(metric.ContainerResource?.Target, current?.ContainerResource?.Current)}",
        _ => "<unknown type>",
    };

    private static string Value(MetricTarget? target, MetricValueStatus? current) => target?.AverageValue is { } average
        ? $"{current?.AverageValue?.ToString() ?? TableText.Unknown}/{average} (avg)"
        : $"{Shown(current, static value => value.Value)}/{target?.Value}";

    private static string Utilization(MetricTarget? target, MetricValueStatus? current)
    {
        if (target?.AverageValue is { } average)
        {
            return $"{Shown(current, static value => value.AverageValue)}/{average}";
        }

        var now = current?.AverageUtilization is { } used ? string.Create(CultureInfo.InvariantCulture, $"{used}%") : TableText.Unknown;
        var wanted = target?.AverageUtilization is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share}%") : "<auto>";
        return $"{now}/{wanted}";
    }

    // A status that is there without the amount is shown as upstream's printer shows it.
    private static string Shown(MetricValueStatus? current, Func<MetricValueStatus, Quantity?> amount) =>
        current is null ? TableText.Unknown : amount(current)?.ToString() ?? "<nil>";
}
