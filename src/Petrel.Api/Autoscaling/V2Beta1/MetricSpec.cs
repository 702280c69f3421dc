using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2Beta1;

[ApiType("io.k8s.api.autoscaling.v2beta1.MetricSpec")]
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

[ApiType("io.k8s.api.autoscaling.v2beta1.ObjectMetricSource")]
public sealed partial record ObjectMetricSource
{
    /// <summary>The object.</summary>
    [Field(1, Required = true, Always = true)]
    public CrossVersionObjectReference Target { get; init; } = CrossVersionObjectReference.Empty;

    /// <summary>Name of the metric.</summary>
    [Field(2, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>What it is to be.</summary>
    [Field(3, Required = true, Always = true)]
    public Quantity TargetValue { get; init; }

    /// <summary>Which of the values of that name.</summary>
    [Field(4)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What it is to be for each pod.</summary>
    [Field(5)]
    public Quantity? AverageValue { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.PodsMetricSource")]
public sealed partial record PodsMetricSource
{
    /// <summary>Name of the metric.</summary>
    [Field(1, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>What it is to be for each pod.</summary>
    [Field(2, Required = true, Always = true)]
    public Quantity TargetAverageValue { get; init; }

    /// <summary>Which of the values of that name.</summary>
    [Field(3)]
    public LabelSelector? Selector { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ResourceMetricSource")]
public sealed partial record ResourceMetricSource
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(2)]
    public int? TargetAverageUtilization { get; init; }

    /// <summary>What it is to be for each pod.</summary>
    [Field(3)]
    public Quantity? TargetAverageValue { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ContainerResourceMetricSource")]
public sealed partial record ContainerResourceMetricSource
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(2)]
    public int? TargetAverageUtilization { get; init; }

    /// <summary>What it is to be for each pod.</summary>
    [Field(3)]
    public Quantity? TargetAverageValue { get; init; }

    /// <summary>Name of the container.</summary>
    [Field(4, Required = true, Always = true)]
    public string Container { get; init; } = "";
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ExternalMetricSource")]
public sealed partial record ExternalMetricSource
{
    /// <summary>Name of the metric.</summary>
    [Field(1, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>Which of the values of that name.</summary>
    [Field(2)]
    public LabelSelector? MetricSelector { get; init; }

    /// <summary>What it is to be.</summary>
    [Field(3)]
    public Quantity? TargetValue { get; init; }

    /// <summary>What it is to be for each pod.</summary>
    [Field(4)]
    public Quantity? TargetAverageValue { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.CrossVersionObjectReference")]
public sealed partial record CrossVersionObjectReference
{
    /// <summary>Kind of the object.</summary>
    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Group and version of the object.</summary>
    [Field(3)]
    public string ApiVersion { get; init; } = "";
}
