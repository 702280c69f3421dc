namespace Petrel.Storage;

/// <summary>One change of one key.</summary>
public readonly struct StoreEvent
{
    /// <summary>Makes an event; a <paramref name="current"/> whose <see cref="KeyValue.Version"/> is 0 is a deletion.</summary>
    public StoreEvent(KeyValue current, KeyValue? previous)
    {
        Current = current;
        Previous = previous;
    }

    /// <summary>
    /// The key as the change left it. For a deletion, as in etcd: the key and, as <see cref="KeyValue.ModRevision"/>,
    /// the revision of the deletion; everything else is empty.
    /// </summary>
    public KeyValue Current { get; }

    /// <summary>The key before the change; null when it did not exist.</summary>
    public KeyValue? Previous { get; }

    /// <summary>True when the change deleted the key.</summary>
    public bool IsDelete => Current.Version == 0;

    /// <summary>The revision of the change.</summary>
    public long Revision => Current.ModRevision;

    /// <summary>The key that changed.</summary>
    public string Key => Current.Key;
}
