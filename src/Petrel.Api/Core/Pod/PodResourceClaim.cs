using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodResourceClaim")]
public sealed partial record PodResourceClaim
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(3)]
    public string? ResourceClaimName { get; init; }

    [Field(4)]
    public string? ResourceClaimTemplateName { get; init; }
}
