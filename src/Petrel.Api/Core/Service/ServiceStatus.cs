using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceStatus")]
public sealed partial record ServiceStatus
{
    /// <summary>State of the load balancer.</summary>
    [Field(1, Always = true)]
    public LoadBalancerStatus LoadBalancer { get; init; } = LoadBalancerStatus.Empty;

    /// <summary>State of the service, one entry for each aspect.</summary>
    [Field(2, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<Condition> Conditions { get; init; }
}
