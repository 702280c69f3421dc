using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricStatus")]
public sealed partial record MetricStatus
{
    /// <summary>Object, Pods, Resource, ContainerResource or External.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>A metric of one object.</summary>
    [Field(2)]
    public ObjectMetricStatus? Object { get; init; }

    /// <summary>A metric of each pod.</summary>
    [Field(3)]
    public PodsMetricStatus? Pods { get; init; }

    /// <summary>A resource that the pods use.</summary>
    [Field(4)]
    public ResourceMetricStatus? Resource { get; init; }

    /// <summary>A resource that one container of each pod uses.</summary>
    [Field(7)]
    public ContainerResourceMetricStatus? ContainerResource { get; init; }

    /// <summary>A metric from outside the cluster.</summary>
    [Field(5)]
    public ExternalMetricStatus? External { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricStatus")]
public sealed partial record ObjectMetricStatus
{
    /// <summary>The metric.</summary>
    [Field(1, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;

    /// <summary>What it is.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricValueStatus Current { get; init; } = MetricValueStatus.Empty;

    /// <summary>The object.</summary>
    [Field(3, Required = true, Always = true)]
    public CrossVersionObjectReference DescribedObject { get; init; } = CrossVersionObjectReference.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.PodsMetricStatus")]
public sealed partial record PodsMetricStatus
{
    /// <summary>The metric.</summary>
    [Field(1, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;

    /// <summary>What it is.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricValueStatus Current { get; init; } = MetricValueStatus.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricStatus")]
public sealed partial record ResourceMetricStatus
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricValueStatus Current { get; init; } = MetricValueStatus.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus")]
public sealed partial record ContainerResourceMetricStatus
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricValueStatus Current { get; init; } = MetricValueStatus.Empty;

    /// <summary>Name of the container.</summary>
    [Field(3, Required = true, Always = true)]
    public string Container { get; init; } = "";
}

[ApiType("io.k8s.api.autoscaling.v2.ExternalMetricStatus")]
public sealed partial record ExternalMetricStatus
{
    /// <summary>The metric.</summary>
    [Field(1, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;

    /// <summary>What it is.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricValueStatus Current { get; init; } = MetricValueStatus.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.MetricValueStatus")]
public sealed partial record MetricValueStatus
{
    /// <summary>Value of the metric.</summary>
    [Field(1)]
    public Quantity? Value { get; init; }

    /// <summary>Value of the metric for each pod.</summary>
    [Field(2)]
    public Quantity? AverageValue { get; init; }

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(3)]
    public int? AverageUtilization { get; init; }
}
