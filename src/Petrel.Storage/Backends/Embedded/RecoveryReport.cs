namespace Petrel.Storage.Backends.Embedded;

/// <summary>What opening a store found.</summary>
public sealed record RecoveryReport
{
    /// <summary>The revision the store continues from.</summary>
    public required long Revision { get; init; }

    /// <summary>The oldest revision that can be read.</summary>
    public required long CompactedRevision { get; init; }

    /// <summary>Number of keys.</summary>
    public required long KeyCount { get; init; }

    /// <summary>The revision of the snapshot that was loaded; 0 when the log alone was read.</summary>
    public required long SnapshotRevision { get; init; }

    /// <summary>Batches of changes replayed from the log.</summary>
    public required long ReplayedFrames { get; init; }

    /// <summary>True when the store was closed in order, false when its process or machine died.</summary>
    public required bool ClosedInOrder { get; init; }

    /// <summary>The write that the end of the process or machine cut off, if any. It was never acknowledged.</summary>
    public required TornWrite? TornWrite { get; init; }

    /// <summary>Snapshots that were damaged and passed over for an older one, each with what is wrong.</summary>
    public required IReadOnlyList<string> DamagedSnapshots { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }
}
