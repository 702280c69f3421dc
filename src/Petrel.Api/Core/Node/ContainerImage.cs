using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerImage")]
public sealed partial record ContainerImage
{
    [Field(1, ListType = "atomic")]
    public ApiList<string> Names { get; init; }

    [Field(2)]
    public long SizeBytes { get; init; }
}
