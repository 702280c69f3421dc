namespace Petrel.Network.Services.Modes;

/// <summary>One thing in a table that services bring along, as a value: equal content means nothing to do.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Content">A set's specification, a chain's rules (one on each line), or an element as it is added.</param>
internal readonly record struct TableObject(TableObjectId Id, string Content)
{
    public static TableObject Set(string name, string specification) =>
        new(new TableObjectId(TableObjectKind.Set, name, string.Empty), specification);

    public static TableObject Chain(string name, params IEnumerable<string> rules) =>
        new(new TableObjectId(TableObjectKind.Chain, name, string.Empty), string.Join('\n', rules));

    public static TableObject Member(string set, string key) =>
        new(new TableObjectId(TableObjectKind.Element, set, key), key);

    public static TableObject Mapping(string map, string key, string value) =>
        new(new TableObjectId(TableObjectKind.Element, map, key), $"{key} : {value}");

    /// <summary>A mapping that "nft list" shows with a comment.</summary>
    public static TableObject Mapping(string map, string key, string comment, string value) =>
        new(new TableObjectId(TableObjectKind.Element, map, key), $"{key} comment \"{comment}\" : {value}");
}
