using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceClaim")]
public sealed partial record ResourceClaim
{
    /// <summary>Name of an entry of the pod's resourceClaims.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>One of the claim's requests; all of them when left out.</summary>
    [Field(2)]
    public string Request { get; init; } = "";
}
