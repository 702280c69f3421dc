using Petrel.Api.Autoscaling.V2;
using Flat = Petrel.Api.Autoscaling.V2Beta1;

namespace Petrel.Api.Autoscaling;

/// <summary>
/// Metrics in the flat form of older versions, which name the metric and its target beside each other, and in that of version 2.
/// </summary>
internal static class MetricVersions
{
    public static Flat.MetricSpec ToFlat(MetricSpec metric) => new()
    {
        Type = metric.Type,
        Object = metric.Object is not { } source ? null : new()
        {
            Target = ToFlat(source.DescribedObject),
            MetricName = source.Metric.Name,
            TargetValue = source.Target.Value ?? default,
            Selector = source.Metric.Selector,
            AverageValue = source.Target.AverageValue,
        },
        Pods = metric.Pods is not { } pods ? null : new() { MetricName = pods.Metric.Name, TargetAverageValue = pods.Target.AverageValue ?? default, Selector = pods.Metric.Selector },
        Resource = metric.Resource is not { } resource ? null : new()
        {
            Name = resource.Name,
            TargetAverageUtilization = resource.Target.AverageUtilization,
            TargetAverageValue = resource.Target.AverageValue,
        },
        ContainerResource = metric.ContainerResource is not { } container ? null : new()
        {
            Name = container.Name,
            TargetAverageUtilization = container.Target.AverageUtilization,
            TargetAverageValue = container.Target.AverageValue,
            Container = container.Container,
        },
        External = metric.External is not { } external ? null : new()
        {
            MetricName = external.Metric.Name,
            MetricSelector = external.Metric.Selector,
            TargetValue = external.Target.Value,
            TargetAverageValue = external.Target.AverageValue,
        },
    };

    public static MetricSpec FromFlat(Flat.MetricSpec metric) => new()
    {
        Type = metric.Type,
        Object = metric.Object is not { } source ? null : new()
        {
            DescribedObject = FromFlat(source.Target),
            Target = new() { Type = source.AverageValue is null ? "Value" : "AverageValue", Value = source.TargetValue, AverageValue = source.AverageValue },
            Metric = new() { Name = source.MetricName, Selector = source.Selector },
        },
        Pods = metric.Pods is not { } pods ? null : new()
        {
            Metric = new() { Name = pods.MetricName, Selector = pods.Selector },
            Target = new() { Type = "AverageValue", AverageValue = pods.TargetAverageValue },
        },
        Resource = metric.Resource is not { } resource ? null : new()
        {
            Name = resource.Name,
            Target = ResourceTarget(resource.TargetAverageUtilization, resource.TargetAverageValue),
        },
        ContainerResource = metric.ContainerResource is not { } container ? null : new()
        {
            Name = container.Name,
            Target = ResourceTarget(container.TargetAverageUtilization, container.TargetAverageValue),
            Container = container.Container,
        },
        External = metric.External is not { } external ? null : new()
        {
            Metric = new() { Name = external.MetricName, Selector = external.MetricSelector },
            Target = new()
            {
                Type = external.TargetValue is null ? "AverageValue" : "Value",
                Value = external.TargetValue,
                AverageValue = external.TargetAverageValue,
            },
        },
    };

    public static Flat.MetricStatus ToFlat(MetricStatus metric) => new()
    {
        Type = metric.Type,
        Object = metric.Object is not { } source ? null : new()
        {
            Target = ToFlat(source.DescribedObject),
            MetricName = source.Metric.Name,
            CurrentValue = source.Current.Value ?? default,
            Selector = source.Metric.Selector,
            AverageValue = source.Current.AverageValue,
        },
        Pods = metric.Pods is not { } pods ? null : new() { MetricName = pods.Metric.Name, CurrentAverageValue = pods.Current.AverageValue ?? default, Selector = pods.Metric.Selector },
        Resource = metric.Resource is not { } resource ? null : new()
        {
            Name = resource.Name,
            CurrentAverageUtilization = resource.Current.AverageUtilization,
            CurrentAverageValue = resource.Current.AverageValue ?? default,
        },
        ContainerResource = metric.ContainerResource is not { } container ? null : new()
        {
            Name = container.Name,
            CurrentAverageUtilization = container.Current.AverageUtilization,
            CurrentAverageValue = container.Current.AverageValue ?? default,
            Container = container.Container,
        },
        External = metric.External is not { } external ? null : new()
        {
            MetricName = external.Metric.Name,
            MetricSelector = external.Metric.Selector,
            CurrentValue = external.Current.Value ?? default,
            CurrentAverageValue = external.Current.AverageValue,
        },
    };

    public static MetricStatus FromFlat(Flat.MetricStatus metric) => new()
    {
        Type = metric.Type,
        Object = metric.Object is not { } source ? null : new()
        {
            Metric = new() { Name = source.MetricName, Selector = source.Selector },
            Current = new() { Value = source.CurrentValue, AverageValue = source.AverageValue },
            DescribedObject = FromFlat(source.Target),
        },
        Pods = metric.Pods is not { } pods ? null : new()
        {
            Metric = new() { Name = pods.MetricName, Selector = pods.Selector },
            Current = new() { AverageValue = pods.CurrentAverageValue },
        },
        Resource = metric.Resource is not { } resource ? null : new()
        {
            Name = resource.Name,
            Current = new() { AverageUtilization = resource.CurrentAverageUtilization, AverageValue = resource.CurrentAverageValue },
        },
        ContainerResource = metric.ContainerResource is not { } container ? null : new()
        {
            Name = container.Name,
            Current = new() { AverageUtilization = container.CurrentAverageUtilization, AverageValue = container.CurrentAverageValue },
            Container = container.Container,
        },
        External = metric.External is not { } external ? null : new()
        {
            Metric = new() { Name = external.MetricName, Selector = external.MetricSelector },
            Current = new() { Value = external.CurrentValue, AverageValue = external.CurrentAverageValue },
        },
    };

    private static MetricTarget ResourceTarget(int? utilization, Quantity? average) =>
        new() { Type = utilization is null ? "AverageValue" : "Utilization", AverageUtilization = utilization, AverageValue = average };

    private static Flat.CrossVersionObjectReference ToFlat(V2.CrossVersionObjectReference reference) =>
        new() { Kind = reference.Kind, Name = reference.Name, ApiVersion = reference.ApiVersion };

    private static V2.CrossVersionObjectReference FromFlat(Flat.CrossVersionObjectReference reference) =>
        new() { Kind = reference.Kind, Name = reference.Name, ApiVersion = reference.ApiVersion };
}
