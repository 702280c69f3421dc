namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>
/// The keys of one revision in ordinal order: an immutable B+tree, so a snapshot is a reference to it. The next
/// revision's tree, made by <see cref="KeyTreeEditor"/>, shares all but the path to the changed keys.
/// </summary>
internal sealed class KeyTree(KeyTreeNode root)
{
    public static KeyTree Empty { get; } = new(new LeafNode(new object()));

    public KeyTreeNode Root { get; } = root;

    public int Count => Root.KeyCount;

    public KeyValue? Find(string key) => Root.Find(key);

    /// <summary>Number of keys in a range; takes logarithmic time.</summary>
    public int CountOf(KeyRange range)
    {
        var end = range.End is null ? Count : Root.CountBefore(range.End);
        return Math.Max(0, end - Root.CountBefore(range.Start));
    }

    /// <summary>The first <paramref name="count"/> items from <paramref name="start"/> on; the caller knows that there are so many.</summary>
    public IReadOnlyCollection<KeyValue> Items(string start, int count) =>
        count == 0 ? [] : new KeyTreeItems(this, Root.CountBefore(start), count);
}
