using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TypedLocalObjectReference", MapType = "atomic")]
public sealed partial record TypedLocalObjectReference
{
    [Field(1)]
    public string? ApiGroup { get; init; }

    [Field(2, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
