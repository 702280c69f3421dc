using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Authorization.Feeds;

/// <summary>
/// Keeps a target equal to the stored objects of one kind: reads them once, then follows the store's changes, which arrive
/// as they are committed.
/// </summary>
internal sealed partial class StoredObjectFeed<T>(ResourceStore store, IFeedTarget<T> target, TimeProvider time, ILogger logger) : IFeed
    where T : ApiObject
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Fills the target; it follows from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var revision = await ReadAllAsync(cancellationToken);
        _following = FollowAsync(revision);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync(long revision)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var kind = await WatchAsync(revision, delivered => revision = delivered);
                if (kind == WatchBatchKind.Closed)
                {
                    return;
                }

                revision = kind == WatchBatchKind.Compacted ? await ReadAllAsync(_stop.Token) : revision;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException exception)
            {
                Log.Interrupted(logger, exception, store.Type.Info.Resource, RetryDelay.TotalMilliseconds);
                await Task.Delay(RetryDelay, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Until the watch ends; says why it did.
    private async Task<WatchBatchKind> WatchAsync(long revision, Action<long> delivered)
    {
        using var watch = store.Watch(new WatchRequest(store.RangeOf(""), revision + 1));
        while (true)
        {
            var batch = await watch.ReadAsync(_stop.Token);
            foreach (var change in batch.Events.ToArray())
            {
                Apply(change);
            }

            if (batch.EndsWatch)
            {
                return batch.Kind;
            }

            delivered(batch.Revision);
        }
    }

    private void Apply(StoreEvent change)
    {
        if (change.IsDelete)
        {
            var path = change.Key[store.Prefix.Length..];
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            target.Remove(slash < 0 ? "" : path[..slash], path[(slash + 1)..]);
        }
        else
        {
            target.Set(Decode(change.Current));
        }
    }

    private async Task<long> ReadAllAsync(CancellationToken cancellationToken)
    {
        var result = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        target.Reset([.. result.Items.Select(Decode)]);
        return result.Revision;
    }

    private T Decode(KeyValue pair) => (T)store.Wrap(pair).Decode();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Following {Resource} for authorization was interrupted; trying again in {Milliseconds} ms")]
        public static partial void Interrupted(ILogger logger, Exception exception, string resource, double milliseconds);
    }
}
