namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>
/// A node of <see cref="KeyTree"/>. A node is changed in place only by the editor that made it (its owner) and before
/// that editor hands the tree out; everybody else copies it first.
/// </summary>
internal abstract class KeyTreeNode(object owner)
{
    /// <summary>Slots per node: small enough that copying the path to a changed key costs little, large enough for a flat tree.</summary>
    public const int Capacity = 32;

    /// <summary>A node with fewer used slots is merged with a neighbour when both fit into <see cref="MergeLimit"/>.</summary>
    public const int MergeThreshold = Capacity / 4;

    /// <summary>Leaves room after a merge, so that the next insertion does not split again.</summary>
    public const int MergeLimit = Capacity * 3 / 4;

    protected object Owner { get; } = owner;

    /// <summary>Used slots of this node.</summary>
    public int Slots { get; protected set; }

    /// <summary>Keys in the whole subtree.</summary>
    public abstract int KeyCount { get; }

    public abstract KeyValue? Find(string key);

    /// <summary>How many keys of the subtree come before <paramref name="key"/>.</summary>
    public abstract int CountBefore(string key);

    /// <summary>Puts an item and returns the node that replaces this one. The edit says what was replaced and whether the node was split.</summary>
    public abstract KeyTreeNode Put(KeyValue item, object owner, ref KeyTreeEdit edit);

    /// <summary>Removes a key that is present and returns the node that replaces this one.</summary>
    public abstract KeyTreeNode Remove(string key, object owner, ref KeyTreeEdit edit);

    /// <summary>Appends the slots of the right neighbour, whose keys start at <paramref name="separator"/>.</summary>
    public abstract KeyTreeNode Absorb(KeyTreeNode right, string separator, object owner);
}
