using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>
/// Brings the objects of one resource to a store: a list, then a watch from its revision. The store is told states that the
/// server had, in their order. There is no periodic resynchronization: without changes nothing runs.
/// </summary>
public sealed partial class Reflector<T>(ObjectSource<T> source, InformerOptions options, IReflectorStore<T> store, TimeProvider time, ILogger logger)
    where T : ApiObject, IApiType<T>
{
    // A watch that ends this soon without an event would, repeated at once, be a busy loop.
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    // The server ends a watch after 5 to 10 minutes, so that a connection that died unnoticed does not hide changes for ever.
    private const int WatchTimeoutSecondsMin = 300;

    private readonly Backoff _backoff = new(time);
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Where the watch goes on; null when the objects have to be listed (again).
    private string? _revision;

    /// <summary>Whether the store was given a first list.</summary>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <summary>Runs until cancelled. What the store throws ends it.</summary>
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
            Log.Expired(logger, source.Info.Resource, exception.Message);
            var listed = _revision is not null;
            _revision = null;
            return listed ? StepOutcome.Done : StepOutcome.Failed;
        }
        catch (ApiException exception)
        {
            // Too many requests says nothing about the revision; anything else may (one the server has not reached, say).
            Log.Failed(logger, source.Info.Resource, exception.Message);
            _revision = exception.Code == 429 ? _revision : null;
            return StepOutcome.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            // The server is away. The watch goes on where it was when the server is back.
            Log.Failed(logger, source.Info.Resource, exception.Message);
            return StepOutcome.Failed;
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var query = new ListOptions { LabelSelector = options.LabelSelector, FieldSelector = options.FieldSelector, Limit = options.PageSize };
        while (true)
        {
            var page = await source.ListAsync(options.Namespace, query, cancellationToken);
            items.AddRange(page.Items);
            if (page.Continue.Length == 0)
            {
                store.Replace(items);
                _revision = page.ResourceVersion;
                break;
            }

            query = query with { Continue = page.Continue };
        }

        _backoff.Reset();
        _synced.TrySetResult();
    }

    private async Task<StepOutcome> WatchAsync(string revision, CancellationToken cancellationToken)
    {
        var (started, events) = (time.GetTimestamp(), 0);
        var query = new ListOptions
        {
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            ResourceVersion = revision,
            AllowWatchBookmarks = true,
            TimeoutSeconds = WatchTimeoutSecondsMin + Random.Shared.Next(WatchTimeoutSecondsMin),
        };
        await foreach (var item in source.WatchAsync(options.Namespace, query, cancellationToken))
        {
            events++;
            switch (item.Type)
            {
                case "BOOKMARK":
                    break;
                case "DELETED":
                    store.Remove(item.Object);
                    break;
                default:
                    store.Put(item.Object);
                    break;
            }

            _revision = item.Object.Metadata.ResourceVersion;
        }

        if (events == 0 && time.GetElapsedTime(started) < ShortWatch)
        {
            return StepOutcome.Failed;
        }

        _backoff.Reset();
        return StepOutcome.Done;
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
