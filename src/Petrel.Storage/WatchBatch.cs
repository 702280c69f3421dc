namespace Petrel.Storage;

/// <summary>One answer of a watch: a run of events, a progress notification, or the reason why the watch has ended.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Revision">
/// Everything up to and including this revision has been delivered, so a new watch continues at this plus one.
/// For <see cref="WatchBatchKind.Compacted"/>: the compacted revision, the newest one that can no longer be watched.
/// </param>
/// <param name="Events">In order of revision, then key; the events of one revision are never spread over two batches.</param>
public readonly record struct WatchBatch(WatchBatchKind Kind, long Revision, ReadOnlyMemory<StoreEvent> Events)
{
    /// <summary>True when no further batch will come.</summary>
    public bool EndsWatch => Kind is WatchBatchKind.Compacted or WatchBatchKind.Overflowed or WatchBatchKind.Closed;
}
