using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>
/// The only place that changes the store: takes what waits, applies it to a draft, makes the draft durable with one
/// write and one sync, publishes it, and only then tells the callers.
/// </summary>
/// <remarks>
/// It runs on the thread pool while there is something to commit, never twice at a time. A thread of its own would
/// cost a single writer two changes of threads per commit, about as much as the sync itself; this way the thread of a
/// caller that waits is the one that commits.
/// </remarks>
/// <param name="state">What the commands change.</param>
/// <param name="log">Makes drafts durable.</param>
/// <param name="published">Called after each published change, with the new view.</param>
/// <param name="pendingLimit">Commands that may wait.</param>
/// <param name="batchByteLimit">A batch is closed when it has reached this many bytes.</param>
internal sealed class Committer(
    StoreState state, ICommitLog log, Action<StoreView> published, int pendingLimit, int batchByteLimit) : IThreadPoolWorkItem
{
    private readonly CommandQueue _queue = new(pendingLimit);
    private readonly RecordWriter _records = new();
    private readonly List<Command> _batch = [];
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Commits a command after those that were submitted before.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed, or too much waits already.</exception>
    public void Submit(Command command)
    {
        if (_queue.Enqueue(command))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    public void Execute()
    {
        while (_queue.Take(_batch, batchByteLimit))
        {
            Commit();
            _batch.Clear();
        }

        if (_queue.IsFinished)
        {
            _finished.TrySetResult();
        }
    }

    /// <summary>Refuses further commands and commits what was accepted.</summary>
    public async Task CloseAsync()
    {
        if (!_queue.Close())
        {
            await _finished.Task.ConfigureAwait(false);
        }

        MarkClosed();
    }

    private void Commit()
    {
        _records.Clear();
        var draft = new Draft(state.View, state.Leases, _records);
        foreach (var command in _batch)
        {
            command.Apply(draft);
        }

        if (_records.IsEmpty)
        {
            CompleteAll();
            return;
        }

        try
        {
            log.Append(_records.Frame, state.View.Revision + 1);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            FailAll(reason);
            return;
        }

        state.Publish(draft);
        CompleteAll();
        published(state.View);
    }

    /// <summary>Says in the log that the last frame is whole, which tells later damage to it from a write cut off.</summary>
    private void MarkClosed()
    {
        _records.Clear();
        _records.Close();
        try
        {
            log.Append(_records.Frame, state.View.Revision + 1);
        }
        catch (IOException)
        {
            // The mark is a courtesy: without it the next opening takes this for the end of a process that died.
        }
    }

    private void CompleteAll()
    {
        foreach (var command in _batch)
        {
            command.Complete();
        }
    }

    private void FailAll(Exception reason)
    {
        var failure = reason as StoreUnavailableException
            ?? new StoreUnavailableException("The change could not be written and was not made: " + reason.Message, reason);
        foreach (var command in _batch)
        {
            command.Fail(failure);
        }
    }
}
