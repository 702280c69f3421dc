using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Storage.Backends.Embedded.Commits;
using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;
using Petrel.Storage.Backends.Embedded.Recovery;
using Petrel.Storage.Backends.Embedded.Snapshots;
using Petrel.Storage.Backends.Embedded.Watching;

namespace Petrel.Storage.Backends.Embedded;

/// <summary>
/// The store inside the process: everything in memory as an immutable ordered tree per revision, every change first
/// in a checksummed log on disk. One directory belongs to one process at a time.
/// </summary>
/// <remarks>
/// A change goes <see cref="CommitAsync"/> → <see cref="Committer"/> → <see cref="Draft"/> →
/// <see cref="ICommitLog"/> → <see cref="StoreState"/> → <see cref="WatchHub"/>. A read looks at the
/// <see cref="StoreView"/> and waits for nothing.
/// </remarks>
public sealed partial class EmbeddedStore : IStore
{
    private readonly EmbeddedStoreOptions _options;
    private readonly StoreState _state;
    private readonly ICommitLog _log;
    private readonly IStoreFiles? _files;
    private readonly LogTruncation? _truncation;
    private readonly Committer _committer;
    private readonly WatchHub _watches;
    private readonly EmbeddedLeases _leases;
    private int _closed;

    private EmbeddedStore(EmbeddedStoreOptions options, TimeProvider time, StoreState state, ICommitLog log, IStoreFiles? files, LogTruncation? truncation)
    {
        _options = options;
        _state = state;
        _log = log;
        _files = files;
        _truncation = truncation;
        _watches = new WatchHub(state, options.WatchBacklogLimit);
        _committer = new Committer(state, log, OnPublished, options.PendingChangeLimit, options.BatchBytes);
        _leases = new EmbeddedLeases(state.Leases, _committer, time);
    }

    public ILeases Leases => _leases;

    /// <summary>What opening found; null for a store without a disk.</summary>
    public RecoveryReport? Recovery { get; private init; }

    /// <summary>Opens the store in a directory, which is made if need be, and brings it back to where it was.</summary>
    /// <exception cref="StoreUnavailableException">Another process owns the directory, or it cannot be read or written.</exception>
    /// <exception cref="StoreCorruptException">Durable data is damaged. Nothing was changed.</exception>
    public static EmbeddedStore Open(string directory, EmbeddedStoreOptions? options = null, TimeProvider? time = null, ILogger<EmbeddedStore>? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var files = new DirectoryFiles(directory);
        try
        {
            return Open(files, options, time, logger);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store that keeps nothing on disk and ends with the process: for tests and throw-away clusters.</summary>
    public static EmbeddedStore OpenInMemory(EmbeddedStoreOptions? options = null, TimeProvider? time = null)
    {
        options ??= new EmbeddedStoreOptions();
        options.Validate();
        time ??= TimeProvider.System;
        return new EmbeddedStore(options, time, new StoreState(StoreView.Empty, new LeaseTable(time)), new MemoryLog(), files: null, truncation: null);
    }

    internal static EmbeddedStore Open(IStoreFiles files, EmbeddedStoreOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        options ??= new EmbeddedStoreOptions();
        options.Validate();
        time ??= TimeProvider.System;
        logger ??= NullLogger.Instance;
        var recovered = new StoreRecovery(files, options, time).Run();
        Report(recovered.Report, logger);
        var truncation = new LogTruncation(files, recovered.State, recovered.Log, recovered.StoreId, options.SnapshotThresholdBytes, logger);
        truncation.Consider(recovered.State.View);
        return new EmbeddedStore(options, time, recovered.State, recovered.Log, files, truncation) { Recovery = recovered.Report };
    }

    public ValueTask<StoreStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var view = _state.View;
        return ValueTask.FromResult(new StoreStatus(view.Revision, view.CompactedRevision, view.Tree.Count, _log.Bytes + (_truncation?.SnapshotBytes ?? 0)));
    }

    public ValueTask<RangeResult> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(request.Revision);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Limit);
        return ValueTask.FromResult(RangeReader.Read(_state, request));
    }

    public ValueTask<TransactionResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(transaction.Key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transaction.Value.Length, _options.MaximumValueBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transaction.Key.Length, KeyRange.MaximumKeyLength);
        var command = new TransactionCommand(transaction);
        _committer.Submit(command);
        return new(command.Task.WaitAsync(cancellationToken));
    }

    public IWatch Watch(WatchRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.FromRevision);
        return _watches.Open(request);
    }

    public ValueTask<CompactionOutcome> CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        var command = new CompactCommand(revision);
        _committer.Submit(command);
        return new(command.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Commits what has been accepted, ends all watches and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _leases.Dispose();
        await _committer.CloseAsync().ConfigureAwait(false);
        _watches.Close();
        _truncation?.Dispose();
        _log.Dispose();
        _files?.Dispose();
    }

    /// <summary>Completes when no snapshot is being written.</summary>
    internal Task TruncationAsync() => _truncation?.Running ?? Task.CompletedTask;

    private void OnPublished(StoreView view)
    {
        _watches.Signal();
        _truncation?.Consider(view);
    }
    private static void Report(RecoveryReport report, ILogger logger)
    {
        Log.Opened(logger, report.Revision, report.KeyCount, report.SnapshotRevision, report.ReplayedFrames, report.Duration.TotalMilliseconds);
        if (report.TornWrite is { } torn)
        {
            Log.DroppedTornWrite(logger, torn.Bytes, torn.Offset, torn.Path);
        }

        foreach (var damage in report.DamagedSnapshots)
        {
            Log.PassedOverSnapshot(logger, damage);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened the store at revision {Revision} with {Keys} keys: snapshot of revision {SnapshotRevision}, {Frames} batches from the log, {Milliseconds:f0} ms.")]
        public static partial void Opened(ILogger logger, long revision, long keys, long snapshotRevision, long frames, double milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "Dropped an unfinished write of about {Bytes} bytes at byte {Offset} of {Path}. It was cut off when the process or machine died and was never acknowledged.")]
        public static partial void DroppedTornWrite(ILogger logger, long bytes, long offset, string path);

        [LoggerMessage(3, LogLevel.Warning, "Passed over a damaged snapshot; the log made up for it. {Damage}")]
        public static partial void PassedOverSnapshot(ILogger logger, string damage);
    }
}
