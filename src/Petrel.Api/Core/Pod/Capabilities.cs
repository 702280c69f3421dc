using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial record Capabilities
{
    [Field(1, ListType = "atomic")]
    public ApiList<string> Add { get; init; }

    [Field(2, ListType = "atomic")]
    public ApiList<string> Drop { get; init; }
}
