using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial record Capabilities
{
    /// <summary>Capabilities given besides the runtime's default ones.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Add { get; init; }

    /// <summary>Capabilities taken away; ALL for all.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Drop { get; init; }
}
