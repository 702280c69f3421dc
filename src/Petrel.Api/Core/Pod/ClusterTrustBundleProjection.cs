using Petrel.Api.Meta;
using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ClusterTrustBundleProjection")]
public sealed partial record ClusterTrustBundleProjection
{
    /// <summary>One bundle by name; instead of signerName.</summary>
    [Field(1)]
    public string? Name { get; init; }

    /// <summary>All bundles of a signer; instead of name.</summary>
    [Field(2)]
    public string? SignerName { get; init; }

    /// <summary>Which of the signer's bundles; none when left out, all when empty.</summary>
    [Field(3)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>The pod starts even if there is no such bundle.</summary>
    [Field(5)]
    public bool? Optional { get; init; }

    /// <summary>File to write, relative to the volume.</summary>
    [Field(4, Required = true, Always = true)]
    public string Path { get; init; } = "";
}
