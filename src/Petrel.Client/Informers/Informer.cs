using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>
/// Follows the objects of one resource: a list, then a watch from its revision. The cache only ever shows states that the
/// server had, in their order. There is no periodic resynchronization: without changes nothing runs.
/// </summary>
public sealed partial class Informer<T> : IInformer where T : ApiObject, IApiType<T>
{
    // A watch that ends this soon without an event would, repeated at once, be a busy loop.
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    // The server ends a watch after 5 to 10 minutes, so that a connection that died unnoticed does not hide changes for ever.
    private const int WatchTimeoutSecondsMin = 300;

    private readonly ObjectSource<T> _source;
    private readonly InformerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Held while the cache changes and handlers are told, so that a late handler gets each object exactly once.
    private readonly Lock _dispatch = new();
    private readonly List<Action<Change<T>>> _handlers = [];

    // Where the watch goes on; null when the objects have to be listed (again).
    private string? _revision;

    public Informer(ObjectSource<T> source, InformerOptions options, TimeProvider time, ILogger logger)
    {
        _source = source;
        _options = options;
        _time = time;
        _logger = logger;
        _backoff = new Backoff(time);
    }

    public ObjectCache<T> Cache { get; } = new();

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc cref="ObjectCache{T}.AddIndex"/>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values) => Cache.AddIndex(name, values);

    /// <summary>
    /// Calls the handler for every change, in order, after the cache has it. Objects that are already there come first, as
    /// added. The handler holds up the informer: it only notes what to do (puts a key into a queue).
    /// </summary>
    public void Subscribe(Action<Change<T>> handler)
    {
        lock (_dispatch)
        {
            foreach (var value in Cache.List())
            {
                handler(new Change<T>(null, value));
            }

            _handlers.Add(handler);
        }
    }

    /// <inheritdoc cref="Subscribe(Action{Change{T}})"/>
    public void Subscribe(Action<T>? added = null, Action<T, T>? updated = null, Action<T>? deleted = null) => Subscribe(change =>
    {
        if (change.IsAdded)
        {
            added?.Invoke(change.New!);
        }
        else if (change.IsDeleted)
        {
            deleted?.Invoke(change.Old!);
        }
        else
        {
            updated?.Invoke(change.Old!, change.New!);
        }
    });

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var outcome = await StepAsync(cancellationToken);
            if (outcome == StepOutcome.Failed)
            {
                await _backoff.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One list or one watch, whichever is due.</summary>
    private async Task<StepOutcome> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_revision is not null)
            {
                return await WatchAsync(_revision, cancellationToken);
            }

            await ListAsync(cancellationToken);
            return StepOutcome.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return StepOutcome.Done;
        }
        catch (ApiException exception) when (exception.IsExpired)
        {
            // The revision is compacted away: list again at once, unless the list itself was what expired.
            Log.Expired(_logger, _source.Info.Resource, exception.Message);
            var listed = _revision is not null;
            _revision = null;
            return listed ? StepOutcome.Done : StepOutcome.Failed;
        }
        catch (ApiException exception)
        {
            // Too many requests says nothing about the revision; anything else may (one the server has not reached, say).
            Log.Failed(_logger, _source.Info.Resource, exception.Message);
            _revision = exception.Code == 429 ? _revision : null;
            return StepOutcome.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            // The server is away. The watch goes on where it was when the server is back.
            Log.Failed(_logger, _source.Info.Resource, exception.Message);
            return StepOutcome.Failed;
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var options = new ListOptions { LabelSelector = _options.LabelSelector, FieldSelector = _options.FieldSelector, Limit = _options.PageSize };
        while (true)
        {
            var page = await _source.ListAsync(_options.Namespace, options, cancellationToken);
            items.AddRange(page.Items);
            if (page.Continue.Length == 0)
            {
                Replace(items);
                _revision = page.ResourceVersion;
                break;
            }

            options = options with { Continue = page.Continue };
        }

        _backoff.Reset();
        _synced.TrySetResult();
    }

    private async Task<StepOutcome> WatchAsync(string revision, CancellationToken cancellationToken)
    {
        var (started, events) = (_time.GetTimestamp(), 0);
        var options = new ListOptions
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            ResourceVersion = revision,
            AllowWatchBookmarks = true,
            TimeoutSeconds = WatchTimeoutSecondsMin + Random.Shared.Next(WatchTimeoutSecondsMin),
        };
        await foreach (var item in _source.WatchAsync(_options.Namespace, options, cancellationToken))
        {
            events++;
            if (item.Type != "BOOKMARK")
            {
                Apply(item.Object, deleted: item.Type == "DELETED");
            }

            _revision = item.Object.Metadata.ResourceVersion;
        }

        if (events == 0 && _time.GetElapsedTime(started) < ShortWatch)
        {
            return StepOutcome.Failed;
        }

        _backoff.Reset();
        return StepOutcome.Done;
    }

    /// <summary>Makes the cache equal to a complete list, telling handlers the difference.</summary>
    private void Replace(List<T> items)
    {
        var listed = items.Select(ObjectKey.Of).ToHashSet();
        lock (_dispatch)
        {
            foreach (var gone in Cache.List().Where(value => !listed.Contains(ObjectKey.Of(value))))
            {
                Apply(gone, deleted: true);
            }

            foreach (var item in items)
            {
                Apply(item, deleted: false);
            }
        }
    }

    private void Apply(T value, bool deleted)
    {
        lock (_dispatch)
        {
            var key = ObjectKey.Of(value);
            var old = Cache.Set(key, deleted ? null : value);
            var unchanged = deleted ? old is null : old?.Metadata.ResourceVersion == value.Metadata.ResourceVersion && old.Metadata.Uid == value.Metadata.Uid;
            if (unchanged)
            {
                return;
            }

            // A deletion event carries the last state, which may be later than what the cache had.
            Dispatch(deleted ? new Change<T>(value, null) : new Change<T>(old, value));
        }
    }

    private void Dispatch(Change<T> change)
    {
        foreach (var handler in _handlers)
        {
            handler(change);
        }
    }

    private enum StepOutcome
    {
        Done,
        Failed,
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "watch of {Resource} expired, listing again: {Message}")]
        public static partial void Expired(ILogger logger, string resource, string message);

        [LoggerMessage(LogLevel.Warning, "list or watch of {Resource} failed, will try again: {Message}")]
        public static partial void Failed(ILogger logger, string resource, string message);
    }
}
