using Petrel.Storage.Backends.Embedded.Index;
using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>
/// Changes on top of a view that nobody sees yet, with the log records that will make them durable. Replaying the
/// records of a draft onto the same view gives the same draft: recovery uses this class without a record writer.
/// </summary>
internal sealed class Draft(StoreView view, LeaseTable leases, RecordWriter? records)
{
    private readonly KeyTreeEditor _tree = new(view.Tree);

    public long Revision { get; private set; } = view.Revision;

    public long CompactedRevision { get; private set; } = view.CompactedRevision;

    public List<StoreEvent> Events { get; } = [];

    /// <summary>Leases granted and revoked, in order.</summary>
    public List<LeaseChange> LeaseChanges { get; } = [];

    /// <summary>The leases as published. Commands that read what the batch itself may have changed run alone.</summary>
    public LeaseTable Leases { get; } = leases;

    public KeyTree ToTree() => _tree.ToTree();

    public KeyValue? Find(string key) => _tree.Find(key);

    public KeyValue Put(string key, ReadOnlyMemory<byte> value, long lease, out KeyValue? previous)
    {
        previous = _tree.Find(key);
        Revision++;
        var current = new KeyValue(key, value, previous?.CreateRevision ?? Revision, Revision, (previous?.Version ?? 0) + 1, lease);
        _tree.Put(current);
        Events.Add(new StoreEvent(current, previous));
        records?.Put(key, value.Span, lease);
        return current;
    }

    /// <summary>Deletes a key that exists.</summary>
    public void Delete(string key)
    {
        Revision++;
        AddDeletion(key);
        records?.Delete(key);
    }

    public void Grant(long lease, TimeSpan timeToLive)
    {
        LeaseChanges.Add(new LeaseChange(lease, timeToLive));
        records?.Grant(lease, timeToLive);
    }

    /// <summary>Deletes a lease and, in one revision, the given keys, which are those attached to it.</summary>
    public void Revoke(long lease, IReadOnlyCollection<string> keys)
    {
        Revision += keys.Count > 0 ? 1 : 0;
        foreach (var key in keys)
        {
            AddDeletion(key);
        }

        LeaseChanges.Add(new LeaseChange(lease, TimeToLive: null));
        records?.Revoke(lease, keys.Count);
    }

    public void Compact(long revision)
    {
        CompactedRevision = revision;
        records?.Compact(revision);
    }

    private void AddDeletion(string key)
    {
        var previous = _tree.Remove(key);
        Events.Add(new StoreEvent(new KeyValue(key, default, 0, Revision, 0, 0), previous));
    }
}
