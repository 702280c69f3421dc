using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAntiAffinity")]
public sealed partial record PodAntiAffinity
{
    [Field(1, ListType = "atomic")]
    public ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    [Field(2, ListType = "atomic")]
    public ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}
