using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ImageVolumeSource")]
public sealed partial record ImageVolumeSource
{
    /// <summary>Image or artifact to mount.</summary>
    [Field(1)]
    public string Reference { get; init; } = "";

    /// <summary>When to pull it; Always for tag latest, otherwise IfNotPresent, when left out.</summary>
    [Field(2, Enum = ["Always", "IfNotPresent", "Never"])]
    public string PullPolicy { get; init; } = "";

    internal ImageVolumeSource WithDefaults() =>
        PullPolicy.Length == 0 ? this with { PullPolicy = ImageReference.DefaultPullPolicy(Reference) } : this;
}
