using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TypedLocalObjectReference", MapType = "atomic")]
public sealed partial record TypedLocalObjectReference
{
    /// <summary>Group of the kind; the core group when left out.</summary>
    [Field(1, Always = true)]
    public string? ApiGroup { get; init; }

    /// <summary>Kind of the object.</summary>
    [Field(2, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
