namespace Petrel.Api.Schema;

/// <summary>A field of a <see cref="TypeSchema"/>, as declared by its <see cref="FieldAttribute"/>.</summary>
public sealed record FieldSchema(string Name, int Number, FieldKind Kind, Collection Collection)
{
    private readonly Func<TypeSchema>? _element;

    /// <summary>Schema of the field's (or of its elements') type when <see cref="Kind"/> is Object. Resolved late: types recurse.</summary>
    public Func<TypeSchema>? ElementSource { init => _element = value; }

    public TypeSchema? Element => _element?.Invoke();

    /// <summary>A Go pointer: absent and zero differ.</summary>
    public bool Nullable { get; init; }

    public bool Required { get; init; }

    public bool Always { get; init; }

    public int Inside { get; init; }

    public string? Default { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>OpenAPI definition of a field of kind Raw.</summary>
    public string? Definition { get; init; }

    public string? ListType { get; init; }

    public IReadOnlyList<string> MapKeys { get; init; } = [];

    public string? MapType { get; init; }

    /// <summary>Parts of x-kubernetes-patch-strategy.</summary>
    public IReadOnlyList<string> PatchStrategy { get; init; } = [];

    public string? PatchMergeKey { get; init; }

    public string Description { get; init; } = "";
}
