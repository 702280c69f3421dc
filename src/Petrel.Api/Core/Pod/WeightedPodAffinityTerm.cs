using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.WeightedPodAffinityTerm")]
public sealed partial record WeightedPodAffinityTerm
{
    /// <summary>How much it counts, 1 to 100.</summary>
    [Field(1, Required = true, Always = true)]
    public int Weight { get; init; }

    /// <summary>The pods.</summary>
    [Field(2, Required = true, Always = true)]
    public PodAffinityTerm PodAffinityTerm { get; init; } = PodAffinityTerm.Empty;

    internal WeightedPodAffinityTerm WithLabelKeys(ApiMap<string> labels) => this with { PodAffinityTerm = PodAffinityTerm.WithLabelKeys(labels) };
}
