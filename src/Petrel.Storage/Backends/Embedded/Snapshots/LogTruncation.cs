using Microsoft.Extensions.Logging;
using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>
/// After a compaction, when enough log has become superfluous, replaces it by a snapshot of the compacted revision.
/// The history after that revision stays in the log, so watches can resume across a restart. Runs in the background,
/// one at a time; a failure costs nothing but the space, and the next compaction tries again.
/// </summary>
internal sealed partial class LogTruncation : IDisposable
{
    private readonly IStoreFiles _files;
    private readonly StoreState _state;
    private readonly SegmentLog _log;
    private readonly Guid _storeId;
    private readonly long _thresholdBytes;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private long _seenCompaction;
    private long _snapshotBytes;

    public LogTruncation(IStoreFiles files, StoreState state, SegmentLog log, Guid storeId, long thresholdBytes, ILogger logger)
    {
        _files = files;
        _state = state;
        _log = log;
        _storeId = storeId;
        _thresholdBytes = thresholdBytes;
        _logger = logger;
        foreach (var name in files.List().Where(name => StoreFileNames.SnapshotRevision(name) is not null))
        {
            using var file = files.Open(name);
            _snapshotBytes = Math.Max(_snapshotBytes, file.Length);
        }
    }

    /// <summary>Length of the last snapshot.</summary>
    public long SnapshotBytes => Interlocked.Read(ref _snapshotBytes);

    /// <summary>The work that is going on, for whoever has to wait for it.</summary>
    public Task Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Starts the work if a compaction has made it worth while. Called by the committer: takes no time.</summary>
    public void Consider(StoreView view)
    {
        if (view.CompactedRevision == _seenCompaction)
        {
            return;
        }

        _seenCompaction = view.CompactedRevision;
        lock (_gate)
        {
            if (_running.IsCompleted && _log.BytesThrough(view.CompactedRevision) >= Math.Max(_thresholdBytes, SnapshotBytes / 2))
            {
                _running = Task.Factory.StartNew(Run, _closing.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Breaks off the work that is going on and waits for that.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        Running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _closing.Dispose();
    }

    private void Run()
    {
        var revision = _state.View.CompactedRevision;
        var temporary = StoreFileNames.Snapshot(revision) + StoreFileNames.TemporarySuffix;
        try
        {
            if (_log.BytesThrough(revision) > 0 && _state.History.TreeAt(revision) is { } tree)
            {
                var content = new SnapshotContent(_storeId, revision, tree, _state.Leases.All());
                Interlocked.Exchange(ref _snapshotBytes, Write(content, temporary));
                Log.Truncated(_logger, revision, SnapshotBytes);
            }
        }
        catch (Exception reason) when (reason is IOException or OperationCanceledException)
        {
            Log.Failed(_logger, revision, reason);
            TryDelete(temporary);
        }
    }

    private long Write(SnapshotContent content, string temporary)
    {
        long length;
        using (var file = _files.Create(temporary, size: 0))
        {
            length = SnapshotFile.Write(file, content, _closing.Token);
        }

        // In this order, each durable before the next: a crash between any two leaves enough to recover from.
        var name = StoreFileNames.Snapshot(content.Revision);
        _files.Rename(temporary, name);
        _files.SyncDirectory();
        _log.DropThrough(content.Revision);
        foreach (var old in _files.List().Where(other => StoreFileNames.SnapshotRevision(other) < content.Revision))
        {
            _files.Delete(old);
        }

        _files.SyncDirectory();
        return length;
    }

    private void TryDelete(string name)
    {
        try
        {
            _files.Delete(name);
        }
        catch (IOException reason)
        {
            // The next opening of the store deletes it.
            Log.LeftBehind(_logger, name, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Wrote a snapshot of revision {Revision} ({Bytes} bytes) and dropped the log before it.")]
        public static partial void Truncated(ILogger logger, long revision, long bytes);

        [LoggerMessage(2, LogLevel.Warning, "No snapshot of revision {Revision} was written. The log stays as long as it is until the next compaction.")]
        public static partial void Failed(ILogger logger, long revision, Exception reason);

        [LoggerMessage(3, LogLevel.Warning, "The unfinished file {Name} could not be deleted.")]
        public static partial void LeftBehind(ILogger logger, string name, Exception reason);
    }
}
