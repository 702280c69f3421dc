using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource")]
public sealed partial record PersistentVolumeClaimVolumeSource
{
    /// <summary>Name of the claim, in the pod's namespace.</summary>
    [Field(1, Required = true, Always = true)]
    public string ClaimName { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(2)]
    public bool ReadOnly { get; init; }
}
