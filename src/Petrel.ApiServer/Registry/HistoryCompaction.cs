using Microsoft.Extensions.Logging;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// Lets the store forget its history: every <paramref name="interval"/> what was history one interval ago goes, so that
/// watches can go on and lists be continued for at least that long (upstream's --etcd-compaction-interval). Several servers
/// on one store may do it side by side: what is compacted already stays so.
/// </summary>
/// <param name="interval">How often, and how much history stays at least.</param>
public sealed partial class HistoryCompaction(IStore store, TimeSpan interval, TimeProvider time, ILogger<HistoryCompaction> logger)
{
    /// <summary>Upstream's default.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Runs until cancelled. A store that cannot compact now is asked again an interval later.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        var revision = (await store.GetStatusAsync(cancellationToken)).Revision;
        var compacted = 0L;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            // A cluster in which nothing happens costs nothing: no revision is compacted twice.
            if (revision > compacted && await CompactAsync(revision, cancellationToken))
            {
                compacted = revision;
            }

            revision = (await store.GetStatusAsync(cancellationToken)).Revision;
        }
    }

    private async Task<bool> CompactAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await store.CompactAsync(revision, cancellationToken);
            Log.Compacted(logger, revision, outcome);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            Log.Failed(logger, revision, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "history before revision {Revision}: {Outcome}")]
        public static partial void Compacted(ILogger logger, long revision, CompactionOutcome outcome);

        [LoggerMessage(LogLevel.Warning, "the history before revision {Revision} stays for now: {Message}")]
        public static partial void Failed(ILogger logger, long revision, string message);
    }
}
