namespace Petrel.Storage;

/// <summary>
/// The reading end of one watch; disposing it ends the watch. One reader at a time. The next batch is prepared only
/// when it is asked for, so a reader that stops reading costs nothing until it falls too far behind and is ended.
/// </summary>
public interface IWatch : IDisposable
{
    /// <summary>
    /// Waits for the next batch. After a batch that ends the watch (<see cref="WatchBatch.EndsWatch"/>) every further
    /// call returns the same batch. Cancelling a call loses no event.
    /// </summary>
    ValueTask<WatchBatch> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Cancelled when the store ends the watch because its reader is too far behind: the reader need not finish what it is at.</summary>
    CancellationToken Overtaken { get; }

    /// <summary>
    /// Asks for a <see cref="WatchBatchKind.Progress"/> batch: once everything up to the store's revision at this
    /// moment has been delivered, it says so. Several unanswered requests get one answer.
    /// </summary>
    void RequestProgress();
}
