namespace Petrel.Api.Schema.GoDifferences;

/// <summary>A value as upstream's Go program holds it: what <see cref="GoDifference"/> compares and shows.</summary>
internal abstract record GoValue
{
    /// <summary>The zero value of its type, which whole structs are shown without.</summary>
    public abstract bool IsZero { get; }
}

/// <summary>A number, a truth value or a text, as Go's source would write it.</summary>
/// <param name="Text">The value itself; texts are quoted when shown.</param>
internal sealed record GoScalar(string Text, bool IsText, bool IsEmpty) : GoValue
{
    public override bool IsZero => IsEmpty;
}

/// <param name="IsWhole">The type has an equality of its own, so that differences are not looked for inside.</param>
internal sealed record GoStruct(string Type, IReadOnlyList<(string Name, GoValue Value)> Fields, bool IsWhole = false) : GoValue
{
    public override bool IsZero => Fields.All(static each => each.Value.IsZero);
}

/// <param name="Target">Null for nil.</param>
/// <param name="Description">What the type's String method says; null when it has none.</param>
internal sealed record GoPointer(GoValue? Target, string? Description = null) : GoValue
{
    public override bool IsZero => Target is null;
}

/// <param name="Items">Null for nil.</param>
internal sealed record GoSlice(string Type, IReadOnlyList<GoValue>? Items) : GoValue
{
    public override bool IsZero => Items is null;
}

/// <param name="Entries">Null for nil; in the order of their keys, which are as Go's source would write them.</param>
internal sealed record GoMap(string Type, IReadOnlyList<(string Key, GoValue Value)>? Entries) : GoValue
{
    public override bool IsZero => Entries is null;
}
