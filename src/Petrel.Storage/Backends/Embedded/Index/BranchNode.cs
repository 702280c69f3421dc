namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>
/// Children in order. Child i holds the keys from its lower bound up to the bound of child i + 1; the bound of
/// child 0 is never looked at. Bounds stay when the key that gave them is removed, which keeps them valid.
/// </summary>
internal sealed class BranchNode : KeyTreeNode
{
    private readonly KeyTreeNode[] _children = new KeyTreeNode[Capacity];
    private readonly string[] _bounds = new string[Capacity];
    private int _keyCount;

    private BranchNode(object owner)
        : base(owner)
    {
    }

    /// <summary>The root above a node that was split.</summary>
    public BranchNode(KeyTreeNode left, KeyTreeNode right, string separator, object owner)
        : base(owner)
    {
        _children[0] = left;
        _children[1] = right;
        _bounds[0] = string.Empty;
        _bounds[1] = separator;
        Slots = 2;
        _keyCount = left.KeyCount + right.KeyCount;
    }

    public override int KeyCount => _keyCount;

    public KeyTreeNode this[int index] => _children[index];

    public override KeyValue? Find(string key) => _children[IndexOf(key)].Find(key);

    public override int CountBefore(string key)
    {
        var index = IndexOf(key);
        var count = _children[index].CountBefore(key);
        for (var i = 0; i < index; i++)
        {
            count += _children[i].KeyCount;
        }

        return count;
    }

    public override KeyTreeNode Put(KeyValue item, object owner, ref KeyTreeEdit edit)
    {
        var branch = Own(owner);
        var index = branch.IndexOf(item.Key);
        branch._children[index] = branch._children[index].Put(item, owner, ref edit);
        branch._keyCount += edit.Previous is null ? 1 : 0;
        if (edit.Right is null)
        {
            return branch;
        }

        var (child, separator) = (edit.Right, edit.Separator!);
        (edit.Right, edit.Separator) = (null, null);
        index++;
        if (branch.Slots < Capacity)
        {
            branch.Insert(index, child, separator);
            return branch;
        }

        var middle = index == Capacity ? Capacity - 1 : Capacity / 2;
        var right = new BranchNode(owner);
        branch.MoveTail(middle, right);
        if (index > middle)
        {
            right.Insert(index - middle, child, separator);
        }
        else
        {
            branch.Insert(index, child, separator);
        }

        branch.Recount();
        right.Recount();
        edit.Right = right;
        edit.Separator = right._bounds[0];
        return branch;
    }

    public override KeyTreeNode Remove(string key, object owner, ref KeyTreeEdit edit)
    {
        var branch = Own(owner);
        var index = branch.IndexOf(key);
        var child = branch._children[index].Remove(key, owner, ref edit);
        branch._children[index] = child;
        branch._keyCount--;
        if (child.KeyCount == 0)
        {
            branch.RemoveAt(index);
        }
        else if (child.Slots < MergeThreshold && !branch.TryMerge(index - 1, owner))
        {
            branch.TryMerge(index, owner);
        }

        return branch;
    }

    public override KeyTreeNode Absorb(KeyTreeNode right, string separator, object owner)
    {
        var branch = Own(owner);
        var source = (BranchNode)right;
        Array.Copy(source._children, 0, branch._children, branch.Slots, source.Slots);
        Array.Copy(source._bounds, 0, branch._bounds, branch.Slots, source.Slots);
        branch._bounds[branch.Slots] = separator;
        branch.Slots += source.Slots;
        branch._keyCount += source._keyCount;
        return branch;
    }

    /// <summary>Merges the children at <paramref name="index"/> and after it when there are both and they fit into one.</summary>
    private bool TryMerge(int index, object owner)
    {
        if (index < 0 || index + 1 >= Slots || _children[index].Slots + _children[index + 1].Slots > MergeLimit)
        {
            return false;
        }

        _children[index] = _children[index].Absorb(_children[index + 1], _bounds[index + 1], owner);
        RemoveAt(index + 1);
        return true;
    }

    private BranchNode Own(object owner)
    {
        if (ReferenceEquals(Owner, owner))
        {
            return this;
        }

        var copy = new BranchNode(owner) { Slots = Slots, _keyCount = _keyCount };
        Array.Copy(_children, copy._children, Slots);
        Array.Copy(_bounds, copy._bounds, Slots);
        return copy;
    }

    private void Insert(int index, KeyTreeNode child, string bound)
    {
        Array.Copy(_children, index, _children, index + 1, Slots - index);
        Array.Copy(_bounds, index, _bounds, index + 1, Slots - index);
        _children[index] = child;
        _bounds[index] = bound;
        Slots++;
    }

    private void RemoveAt(int index)
    {
        Slots--;
        Array.Copy(_children, index + 1, _children, index, Slots - index);
        Array.Copy(_bounds, index + 1, _bounds, index, Slots - index);
        _children[Slots] = null!;
        _bounds[Slots] = null!;
    }

    private void MoveTail(int from, BranchNode target)
    {
        target.Slots = Slots - from;
        Array.Copy(_children, from, target._children, 0, target.Slots);
        Array.Copy(_bounds, from, target._bounds, 0, target.Slots);
        Array.Clear(_children, from, target.Slots);
        Array.Clear(_bounds, from, target.Slots);
        Slots = from;
    }

    private void Recount()
    {
        _keyCount = 0;
        for (var i = 0; i < Slots; i++)
        {
            _keyCount += _children[i].KeyCount;
        }
    }

    private int IndexOf(string key)
    {
        int low = 1, high = Slots - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_bounds[middle], key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
