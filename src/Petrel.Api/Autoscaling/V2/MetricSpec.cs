using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricSpec")]
public sealed partial record MetricSpec
{
    /// <summary>Object, Pods, Resource, ContainerResource or External.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>A metric of one object.</summary>
    [Field(2)]
    public ObjectMetricSource? Object { get; init; }

    /// <summary>A metric of each pod.</summary>
    [Field(3)]
    public PodsMetricSource? Pods { get; init; }

    /// <summary>A resource that the pods use.</summary>
    [Field(4)]
    public ResourceMetricSource? Resource { get; init; }

    /// <summary>A resource that one container of each pod uses.</summary>
    [Field(7)]
    public ContainerResourceMetricSource? ContainerResource { get; init; }

    /// <summary>A metric from outside the cluster.</summary>
    [Field(5)]
    public ExternalMetricSource? External { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2.ObjectMetricSource")]
public sealed partial record ObjectMetricSource
{
    /// <summary>The object.</summary>
    [Field(1, Required = true, Always = true)]
    public CrossVersionObjectReference DescribedObject { get; init; } = CrossVersionObjectReference.Empty;

    /// <summary>What it is to be.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricTarget Target { get; init; } = MetricTarget.Empty;

    /// <summary>The metric.</summary>
    [Field(3, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.PodsMetricSource")]
public sealed partial record PodsMetricSource
{
    /// <summary>The metric.</summary>
    [Field(1, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;

    /// <summary>What it is to be.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricTarget Target { get; init; } = MetricTarget.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.ResourceMetricSource")]
public sealed partial record ResourceMetricSource
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is to be.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricTarget Target { get; init; } = MetricTarget.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.ContainerResourceMetricSource")]
public sealed partial record ContainerResourceMetricSource
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is to be.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricTarget Target { get; init; } = MetricTarget.Empty;

    /// <summary>Name of the container.</summary>
    [Field(3, Required = true, Always = true)]
    public string Container { get; init; } = "";
}

[ApiType("io.k8s.api.autoscaling.v2.ExternalMetricSource")]
public sealed partial record ExternalMetricSource
{
    /// <summary>The metric.</summary>
    [Field(1, Required = true, Always = true)]
    public MetricIdentifier Metric { get; init; } = MetricIdentifier.Empty;

    /// <summary>What it is to be.</summary>
    [Field(2, Required = true, Always = true)]
    public MetricTarget Target { get; init; } = MetricTarget.Empty;
}

[ApiType("io.k8s.api.autoscaling.v2.MetricIdentifier")]
public sealed partial record MetricIdentifier
{
    /// <summary>Name of the metric.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Which of the values of that name.</summary>
    [Field(2)]
    public LabelSelector? Selector { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2.MetricTarget")]
public sealed partial record MetricTarget
{
    /// <summary>Utilization, Value or AverageValue.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>Value of the metric.</summary>
    [Field(2)]
    public Quantity? Value { get; init; }

    /// <summary>Value of the metric for each pod.</summary>
    [Field(3)]
    public Quantity? AverageValue { get; init; }

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(4)]
    public int? AverageUtilization { get; init; }
}
