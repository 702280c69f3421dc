using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAffinity")]
public sealed partial record PodAffinity
{
    /// <summary>All must hold; running pods stay when they cease to.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>Nodes for which these hold are preferred, by weight.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}
