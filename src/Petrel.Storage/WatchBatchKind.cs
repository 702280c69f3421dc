namespace Petrel.Storage;

/// <summary>What a <see cref="WatchBatch"/> says.</summary>
public enum WatchBatchKind
{
    /// <summary>At least one event.</summary>
    Events,

    /// <summary>The answer to <see cref="IWatch.RequestProgress"/>.</summary>
    Progress,

    /// <summary>The watch has ended: the revision to continue from has been compacted. List again, then watch.</summary>
    Compacted,

    /// <summary>The watch has ended: its reader fell behind by more events than the store buffers. Watch again from the last revision plus one.</summary>
    Overflowed,

    /// <summary>The watch has ended: it or the store was closed.</summary>
    Closed,
}
