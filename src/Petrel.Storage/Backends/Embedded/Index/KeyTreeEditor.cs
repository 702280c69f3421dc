namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>Makes a new tree from an old one by any number of edits, copying each touched node once. Not thread-safe.</summary>
internal sealed class KeyTreeEditor(KeyTree tree)
{
    private KeyTreeNode _root = tree.Root;
    private object _owner = new();

    public KeyValue? Find(string key) => _root.Find(key);

    /// <summary>Puts an item; returns the one it replaces.</summary>
    public KeyValue? Put(KeyValue item)
    {
        var edit = default(KeyTreeEdit);
        _root = _root.Put(item, _owner, ref edit);
        if (edit.Right is not null)
        {
            _root = new BranchNode(_root, edit.Right, edit.Separator!, _owner);
        }

        return edit.Previous;
    }

    /// <summary>Removes a key; returns its item, or null when it is not there.</summary>
    public KeyValue? Remove(string key)
    {
        if (_root.Find(key) is null)
        {
            return null;
        }

        var edit = default(KeyTreeEdit);
        _root = _root.Remove(key, _owner, ref edit);
        while (_root is BranchNode { Slots: 1 } branch)
        {
            _root = branch[0];
        }

        return edit.Previous;
    }

    /// <summary>Applies an event of history.</summary>
    public void Apply(in StoreEvent change)
    {
        if (change.IsDelete)
        {
            Remove(change.Key);
        }
        else
        {
            Put(change.Current);
        }
    }

    /// <summary>The tree as edited so far. Later edits copy again, so what was handed out never changes.</summary>
    public KeyTree ToTree()
    {
        _owner = new object();
        return new KeyTree(_root);
    }
}
