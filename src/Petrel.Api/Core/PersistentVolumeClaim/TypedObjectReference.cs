using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TypedObjectReference")]
public sealed partial record TypedObjectReference
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

    /// <summary>Namespace of the object; the claim's own when left out. Another one must grant it.</summary>
    [Field(4)]
    public string? Namespace { get; init; }
}
