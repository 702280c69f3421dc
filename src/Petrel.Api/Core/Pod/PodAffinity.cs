using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAffinity")]
public sealed partial record PodAffinity
{
    [Field(1, ListType = "atomic")]
    public ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    [Field(2, ListType = "atomic")]
    public ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }
}
