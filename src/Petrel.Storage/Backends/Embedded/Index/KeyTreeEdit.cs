namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>What one edit did to the node it was asked of.</summary>
internal struct KeyTreeEdit
{
    /// <summary>The item that was replaced or removed.</summary>
    public KeyValue? Previous;

    /// <summary>The new right neighbour when the node was split, else null.</summary>
    public KeyTreeNode? Right;

    /// <summary>The lower bound of the keys in <see cref="Right"/>.</summary>
    public string? Separator;
}
