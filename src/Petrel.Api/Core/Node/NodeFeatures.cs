using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeFeatures")]
public sealed partial record NodeFeatures
{
    /// <summary>The runtime knows the supplemental groups policy.</summary>
    [Field(1)]
    public bool? SupplementalGroupsPolicy { get; init; }
}
