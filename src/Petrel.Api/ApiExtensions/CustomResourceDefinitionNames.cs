using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>What a kind and its resource are called.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames")]
public sealed partial record CustomResourceDefinitionNames
{
    /// <summary>The resource's name in paths: /apis/GROUP/VERSION/PLURAL. Lower case.</summary>
    [Field(1, Required = true, Always = true)]
    public string Plural { get; init; } = "";

    /// <summary>The resource's name for one object, which clients also accept. The kind in lower case by default.</summary>
    [Field(2)]
    public string Singular { get; init; } = "";

    /// <summary>Shorter names that clients accept. Lower case.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> ShortNames { get; init; }

    /// <summary>The kind that objects carry, in CamelCase.</summary>
    [Field(4, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>The kind that lists carry. The kind followed by List by default.</summary>
    [Field(5)]
    public string ListKind { get; init; } = "";

    /// <summary>Groups of resources that clients know by one name, such as all.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<string> Categories { get; init; }

    /// <summary>The names with those filled in that follow from the kind; without a kind none do.</summary>
    internal CustomResourceDefinitionNames WithDefaults() => this with
    {
        Singular = Singular.Length == 0 ? Kind.ToLowerInvariant() : Singular,
        ListKind = ListKind.Length == 0 && Kind.Length > 0 ? Kind + "List" : ListKind,
    };
}
