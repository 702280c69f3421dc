namespace Petrel.Storage;

/// <summary>What a range returns of each key.</summary>
public enum RangeContent
{
    Values,

    /// <summary>Revisions and keys; a backend may leave the values empty.</summary>
    Keys,

    /// <summary>No items, only <see cref="RangeResult.Count"/>.</summary>
    Count,
}
