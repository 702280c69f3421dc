namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>A schema as OpenAPI knows it: the part of JSON schema that describes the types of Kubernetes.</summary>
internal sealed record SchemaNode
{
    public string Description { get; init; } = "";

    /// <summary>JSON type; null for any.</summary>
    public string? Type { get; init; }

    public string? Format { get; init; }

    /// <summary>Types that are allowed besides each other; OpenAPI v2 has no such thing and shows <see cref="Type"/>.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Name of the definition that describes the value; null when this node does.</summary>
    public string? Reference { get; init; }

    /// <summary>A reference beside which nothing stands; one with a default, a description or extensions is written as allOf.</summary>
    public bool IsBareReference => Reference is not null && this is { Default: null, Description.Length: 0, Extensions.Count: 0 };

    /// <summary>Value that stands for an absent one, as JSON; OpenAPI v2 leaves it out.</summary>
    public string? Default { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaNode>> Properties { get; init; } = [];

    /// <summary>Elements of a list.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Values of a map.</summary>
    public SchemaNode? Values { get; init; }

    /// <summary>A map of any values.</summary>
    public bool HasAnyValues { get; init; }

    /// <summary>The schemas of allOf, anyOf, oneOf and not, which only those of custom kinds have, and only in v3.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<SchemaNode>>> Combinations { get; init; } = [];

    /// <summary>Other keywords of JSON schema that only schemas of custom kinds use (minimum, pattern, nullable and others), as JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keywords { get; init; } = [];

    /// <summary>The x-kubernetes-… fields, as JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = [];
}
