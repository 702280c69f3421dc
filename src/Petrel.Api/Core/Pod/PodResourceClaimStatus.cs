using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodResourceClaimStatus")]
public sealed partial record PodResourceClaimStatus
{
    /// <summary>Name of the entry in resourceClaims.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>The claim that was made for it.</summary>
    [Field(2)]
    public string? ResourceClaimName { get; init; }
}
