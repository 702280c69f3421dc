namespace Petrel.Storage;

/// <summary>How a compaction went.</summary>
public enum CompactionOutcome
{
    /// <summary>History before the revision is gone.</summary>
    Compacted,

    /// <summary>The store was compacted at this revision or a later one before.</summary>
    AlreadyCompacted,

    /// <summary>The revision has not happened yet.</summary>
    Future,
}
