using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerImage")]
public sealed partial record ContainerImage
{
    /// <summary>Names by which the image is known.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Names { get; init; }

    /// <summary>Size in bytes.</summary>
    [Field(2)]
    public long SizeBytes { get; init; }
}
