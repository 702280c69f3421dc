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

    // Guards the fields below.
    private readonly Lock _lock = new();
    private readonly List<(long Revision, TaskCompletionSource Reached)> _waiting = [];
    private long _reached;
    private IWatch? _watch;

    /// <summary>Fills the target; it follows from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _reached = await ReadAllAsync(cancellationToken);
        _following = FollowAsync();
    }

    public Task ReachAsync(long revision, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_reached >= revision)
            {
                return Task.CompletedTask;
            }

            var waiter = (Revision: revision, Reached: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting.Add(waiter);
            _watch?.RequestProgress();
            return waiter.Reached.Task.WaitAsync(cancellationToken);
        }
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
        lock (_lock)
        {
            _waiting.ForEach(static waiter => waiter.Reached.TrySetCanceled());
        }
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var kind = await WatchAsync();
                if (kind == WatchBatchKind.Closed)
                {
                    return;
                }

                if (kind == WatchBatchKind.Compacted)
                {
                    Reached(await ReadAllAsync(_stop.Token));
                }
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
    private async Task<WatchBatchKind> WatchAsync()
    {
        using var watch = store.Watch(new WatchRequest(store.RangeOf(""), _reached + 1));
        lock (_lock)
        {
            _watch = watch;
            if (_waiting.Count > 0)
            {
                watch.RequestProgress();
            }
        }

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

            Reached(batch.Revision);
        }
    }

    private void Reached(long revision)
    {
        lock (_lock)
        {
            _reached = revision;
            _waiting.RemoveAll(waiter => waiter.Revision <= revision && waiter.Reached.TrySetResult());
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
