namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>Items in ordinal order of their keys.</summary>
internal sealed class LeafNode(object owner) : KeyTreeNode(owner)
{
    private readonly KeyValue[] _items = new KeyValue[Capacity];

    public override int KeyCount => Slots;

    public KeyValue this[int index] => _items[index];

    public override KeyValue? Find(string key)
    {
        var index = Search(key);
        return index >= 0 ? _items[index] : null;
    }

    public override int CountBefore(string key)
    {
        var index = Search(key);
        return index >= 0 ? index : ~index;
    }

    public override KeyTreeNode Put(KeyValue item, object owner, ref KeyTreeEdit edit)
    {
        var leaf = Own(owner);
        var index = leaf.Search(item.Key);
        if (index >= 0)
        {
            edit.Previous = leaf._items[index];
            leaf._items[index] = item;
            return leaf;
        }

        index = ~index;
        if (leaf.Slots < Capacity)
        {
            leaf.Insert(index, item);
            return leaf;
        }

        // Keys that arrive in order (a bulk load, generated names) fill leaves completely instead of leaving them half empty.
        var middle = index == Capacity ? Capacity : Capacity / 2;
        var right = new LeafNode(owner);
        leaf.MoveTail(middle, right);
        if (index >= middle)
        {
            right.Insert(index - middle, item);
        }
        else
        {
            leaf.Insert(index, item);
        }

        edit.Right = right;
        edit.Separator = right._items[0].Key;
        return leaf;
    }

    public override KeyTreeNode Remove(string key, object owner, ref KeyTreeEdit edit)
    {
        var leaf = Own(owner);
        var index = leaf.Search(key);
        edit.Previous = leaf._items[index];
        leaf.Slots--;
        Array.Copy(leaf._items, index + 1, leaf._items, index, leaf.Slots - index);
        leaf._items[leaf.Slots] = null!;
        return leaf;
    }

    public override KeyTreeNode Absorb(KeyTreeNode right, string separator, object owner)
    {
        var leaf = Own(owner);
        Array.Copy(((LeafNode)right)._items, 0, leaf._items, leaf.Slots, right.Slots);
        leaf.Slots += right.Slots;
        return leaf;
    }

    private LeafNode Own(object owner)
    {
        if (ReferenceEquals(Owner, owner))
        {
            return this;
        }

        var copy = new LeafNode(owner) { Slots = Slots };
        Array.Copy(_items, copy._items, Slots);
        return copy;
    }

    private void Insert(int index, KeyValue item)
    {
        Array.Copy(_items, index, _items, index + 1, Slots - index);
        _items[index] = item;
        Slots++;
    }

    private void MoveTail(int from, LeafNode target)
    {
        target.Slots = Slots - from;
        Array.Copy(_items, from, target._items, 0, target.Slots);
        Array.Clear(_items, from, target.Slots);
        Slots = from;
    }

    private int Search(string key)
    {
        int low = 0, high = Slots - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_items[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
