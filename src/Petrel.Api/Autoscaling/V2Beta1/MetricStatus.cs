using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Autoscaling.V2Beta1;

[ApiType("io.k8s.api.autoscaling.v2beta1.MetricStatus")]
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

[ApiType("io.k8s.api.autoscaling.v2beta1.ObjectMetricStatus")]
public sealed partial record ObjectMetricStatus
{
    /// <summary>The object.</summary>
    [Field(1, Required = true, Always = true)]
    public CrossVersionObjectReference Target { get; init; } = CrossVersionObjectReference.Empty;

    /// <summary>Name of the metric.</summary>
    [Field(2, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>What it is.</summary>
    [Field(3, Required = true, Always = true)]
    public Quantity CurrentValue { get; init; }

    /// <summary>Which of the values of that name.</summary>
    [Field(4)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What it is for each pod.</summary>
    [Field(5)]
    public Quantity? AverageValue { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.PodsMetricStatus")]
public sealed partial record PodsMetricStatus
{
    /// <summary>Name of the metric.</summary>
    [Field(1, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>What it is for each pod.</summary>
    [Field(2, Required = true, Always = true)]
    public Quantity CurrentAverageValue { get; init; }

    /// <summary>Which of the values of that name.</summary>
    [Field(3)]
    public LabelSelector? Selector { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ResourceMetricStatus")]
public sealed partial record ResourceMetricStatus
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(2)]
    public int? CurrentAverageUtilization { get; init; }

    /// <summary>What it is for each pod.</summary>
    [Field(3, Required = true, Always = true)]
    public Quantity CurrentAverageValue { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ContainerResourceMetricStatus")]
public sealed partial record ContainerResourceMetricStatus
{
    /// <summary>Name of the resource.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Percentage of what the pods ask for.</summary>
    [Field(2)]
    public int? CurrentAverageUtilization { get; init; }

    /// <summary>What it is for each pod.</summary>
    [Field(3, Required = true, Always = true)]
    public Quantity CurrentAverageValue { get; init; }

    /// <summary>Name of the container.</summary>
    [Field(4, Required = true, Always = true)]
    public string Container { get; init; } = "";
}

[ApiType("io.k8s.api.autoscaling.v2beta1.ExternalMetricStatus")]
public sealed partial record ExternalMetricStatus
{
    /// <summary>Name of the metric.</summary>
    [Field(1, Required = true, Always = true)]
    public string MetricName { get; init; } = "";

    /// <summary>Which of the values of that name.</summary>
    [Field(2)]
    public LabelSelector? MetricSelector { get; init; }

    /// <summary>What it is.</summary>
    [Field(3, Required = true, Always = true)]
    public Quantity CurrentValue { get; init; }

    /// <summary>What it is for each pod.</summary>
    [Field(4)]
    public Quantity? CurrentAverageValue { get; init; }
}
