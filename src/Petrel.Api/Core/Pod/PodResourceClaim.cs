using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodResourceClaim")]
public sealed partial record PodResourceClaim
{
    /// <summary>Name by which containers refer to it.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>A claim that there is; instead of a template.</summary>
    [Field(3)]
    public string? ResourceClaimName { get; init; }

    /// <summary>Template of a claim that is made for the pod and goes with it.</summary>
    [Field(4)]
    public string? ResourceClaimTemplateName { get; init; }
}
