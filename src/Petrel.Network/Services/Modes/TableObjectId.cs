namespace Petrel.Network.Services.Modes;

/// <summary>Names one thing in a table.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">The chain, or the set or map.</param>
/// <param name="Key">The key of an element; empty for sets and chains.</param>
internal readonly record struct TableObjectId(TableObjectKind Kind, string Name, string Key);
