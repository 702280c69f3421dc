namespace Petrel.Storage.Backends.Embedded;

/// <summary>Limits of an <see cref="EmbeddedStore"/>. Checked once when the store is opened.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>
    /// Size of a log file in bytes. Files are allocated whole and recycled. Larger ones mean fewer switches, smaller
    /// ones less disk for a small store.
    /// </summary>
    public int SegmentBytes { get; init; } = 32 << 20;

    /// <summary>The largest value in bytes. Generous beside etcd's 1.5 MiB per request, which upstream's objects must fit in.</summary>
    public int MaximumValueBytes { get; init; } = 4 << 20;

    /// <summary>A batch of changes is written once it has this many bytes, even when more changes wait.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>Changes that may wait for the disk; further ones are refused.</summary>
    public int PendingChangeLimit { get; init; } = 65_536;

    /// <summary>Events a watch may be behind before it is ended.</summary>
    public int WatchBacklogLimit { get; init; } = 16_384;

    /// <summary>
    /// Bytes of log that a compaction must make superfluous before a new snapshot is written; beyond it, at least half
    /// the size of the last snapshot, so that a large, quiet store is not rewritten again and again.
    /// </summary>
    public long SnapshotThresholdBytes { get; init; } = 64 << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 64 << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumValueBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumValueBytes, SegmentBytes / 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchBytes, SegmentBytes / 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(PendingChangeLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WatchBacklogLimit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SnapshotThresholdBytes);
    }
}
