using Petrel.Storage.Backends.Embedded.Commits;
using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;
using Petrel.Storage.Backends.Embedded.Snapshots;

namespace Petrel.Storage.Backends.Embedded.Recovery;

/// <summary>
/// Applies the log to the state of a snapshot. The log may begin before the snapshot's revision: changes of keys up
/// to it are passed over. Leases are replayed from the beginning, because the snapshot has those of the moment it was
/// written: whatever ended before that is not in it, whatever ends later the log still tells.
/// </summary>
internal sealed class LogReplay
{
    /// <summary>Events gathered before they are published: few enough that the history keeps its trees at their intervals.</summary>
    private const int PublishInterval = 1024;

    private readonly long _snapshotRevision;
    private Draft _draft;
    private long _revision;

    /// <param name="snapshot">Where to start from.</param>
    /// <param name="leases">An empty table.</param>
    /// <param name="logStart">The revision before the first change in the log.</param>
    public LogReplay(SnapshotContent? snapshot, LeaseTable leases, long logStart)
    {
        var view = snapshot is null ? StoreView.Empty : new StoreView(snapshot.Tree, snapshot.Revision, snapshot.Revision);
        State = new StoreState(view, leases);
        _snapshotRevision = view.Revision;
        _revision = logStart;
        _draft = NewDraft();
        foreach (var lease in snapshot?.Leases ?? [])
        {
            _draft.Grant(lease.Id, lease.TimeToLive!.Value);
        }

        foreach (var item in view.Tree.Items(string.Empty, view.Tree.Count))
        {
            if (item.Lease != 0)
            {
                leases.Attach(item.Lease, item.Key);
            }
        }
    }

    public StoreState State { get; }

    /// <summary>The revision that the next change in the log makes.</summary>
    public long NextRevision => _revision + 1;

    public long Frames { get; private set; }

    private bool IsInSnapshot => _revision <= _snapshotRevision;

    /// <summary>True when the last frame says that the store was closed.</summary>
    public bool EndsClosed { get; private set; }

    /// <summary>Applies one frame.</summary>
    /// <exception cref="InvalidDataException">Its content contradicts what came before or cannot be read.</exception>
    public void Apply(FrameHeader frame, ReadOnlySpan<byte> payload)
    {
        if (frame.FirstRevision != NextRevision)
        {
            throw new InvalidDataException($"revision {frame.FirstRevision} stands where {NextRevision} must follow");
        }

        Frames++;
        EndsClosed = false;
        var reader = new RecordReader(payload);
        while (reader.TryRead(out var record))
        {
            EndsClosed = record.Kind == RecordKind.Close;
            _revision += record.MakesRevision ? 1 : 0;
            Apply(record);
        }

        if (_draft.Events.Count >= PublishInterval)
        {
            Publish();
        }
    }

    /// <summary>Makes everything that was applied visible in <see cref="State"/>.</summary>
    public void Publish()
    {
        State.Publish(_draft);
        _draft = NewDraft();
    }

    private void Apply(Record record)
    {
        switch (record.Kind)
        {
            case RecordKind.Put when !IsInSnapshot:
                _draft.Put(record.Key!, record.Value.ToArray(), record.Lease, out _);
                break;
            case RecordKind.Delete when !IsInSnapshot:
                _draft.Delete(record.Key!);
                break;
            case RecordKind.Grant:
                _draft.Grant(record.Lease, TimeSpan.FromTicks(record.Number));
                break;
            case RecordKind.Revoke:
                Revoke(record);
                break;
            case RecordKind.Compact when record.Number > _draft.CompactedRevision:
                _draft.Compact(record.Number);
                break;
        }
    }

    private void Revoke(Record record)
    {
        // The keys of a lease are known when everything before is published.
        Publish();
        IReadOnlyCollection<string> keys = [];
        if (record.MakesRevision && !IsInSnapshot)
        {
            keys = State.Leases.KeysOf(record.Lease);
            if (keys.Count != record.Number)
            {
                throw new InvalidDataException($"lease {record.Lease} has {keys.Count} keys where {record.Number} were deleted");
            }
        }

        _draft.Revoke(record.Lease, keys);
    }

    private Draft NewDraft() => new(State.View, State.Leases, records: null);
}
