using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Watching;

/// <summary>
/// One watch: the initial state when asked for, then every change that the selectors see, until the client leaves, the time
/// is over or the store cannot serve it any more.
/// </summary>
internal sealed class WatchSession(HttpContext context, ResourceEndpoint endpoint, string @namespace, ListQuery query, ResponseFormat format)
{
    /// <summary>Between bookmarks, when they are asked for and nothing else happens (upstream: about a minute).</summary>
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    /// <summary>A watch without a timeout ends after one to two times this (--min-request-timeout).</summary>
    private const int MinRequestSeconds = 1800;

    private readonly WatchEventWriter _writer = new(context, endpoint, format);

    public async Task RunAsync()
    {
        // 1. Where to start.
        var isInitial = query.SendInitialEvents == true || (query.SendInitialEvents is null && query.Revision is null or 0);
        var status = await endpoint.Store.StatusAsync(context.RequestAborted);
        if (query.Revision > status.Revision)
        {
            throw new StatusException(Statuses.TooLargeResourceVersion(query.Revision.Value, status.Revision));
        }

        _writer.Start();

        // 2. The state so far.
        var revision = query.Revision is { } asked and > 0 ? asked : status.Revision;
        if (isInitial)
        {
            revision = await WriteInitialAsync();
        }

        // 3. What happens from there.
        await FollowAsync(revision);
    }

    private async Task<long> WriteInitialAsync()
    {
        var page = await ListReader.ReadAsync(endpoint, @namespace, new ListQuery { Filter = query.Filter }, context.RequestAborted);
        foreach (var item in page.Items)
        {
            _writer.Write("ADDED", item);
            await _writer.FlushIfFullAsync(context.RequestAborted);
        }

        if (query.SendInitialEvents == true && query.AllowWatchBookmarks)
        {
            _writer.WriteBookmark(page.Revision, endsInitialEvents: true);
        }

        await _writer.FlushAsync(context.RequestAborted);
        return page.Revision;
    }

    private async Task FollowAsync(long revision)
    {
        using var timeout = new CancellationTokenSource(Lifetime(), endpoint.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        using var watch = endpoint.Store.Watch(new WatchRequest(endpoint.Store.RangeOf(@namespace), revision + 1));
        await using var bookmarks = query.AllowWatchBookmarks
            ? endpoint.Time.CreateTimer(_ => watch.RequestProgress(), null, BookmarkInterval, BookmarkInterval)
            : null;
        try
        {
            await _writer.FlushAsync(ended.Token);
            while (true)
            {
                var batch = await watch.ReadAsync(ended.Token);
                if (batch.EndsWatch)
                {
                    await EndAsync(batch, revision);
                    return;
                }

                if (batch.Kind == WatchBatchKind.Progress)
                {
                    _writer.WriteBookmark(batch.Revision, endsInitialEvents: false);
                }

                foreach (var change in batch.Events.ToArray())
                {
                    Write(change);
                    await _writer.FlushIfFullAsync(ended.Token);
                }

                await _writer.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The time is over or the client has left: a watch ends without a word.
        }
    }

    /// <summary>Writes a change as the selectors see it: an object that begins to match is added, one that ceases to is deleted.</summary>
    private void Write(StoreEvent change)
    {
        var previous = change.Previous is { } pair ? endpoint.Store.Wrap(pair) : (StoredObject?)null;
        var matched = previous is { } before && query.Filter.Matches(before);
        if (change.IsDelete)
        {
            if (matched)
            {
                // A deleted object is shown as it last was, at the revision of its deletion.
                _writer.WriteDeleted(previous!.Value, change.Revision);
            }

            return;
        }

        var current = endpoint.Store.Wrap(change.Current);
        var matches = query.Filter.Matches(current);
        switch (matched, matches)
        {
            case (false, true):
                _writer.Write("ADDED", current);
                break;
            case (true, true):
                _writer.Write("MODIFIED", current);
                break;
            case (true, false):
                _writer.WriteDeleted(previous!.Value, change.Revision);
                break;
            default:
                break;
        }
    }

    private async Task EndAsync(WatchBatch batch, long revision)
    {
        if (batch.Kind == WatchBatchKind.Compacted)
        {
            _writer.WriteError(Statuses.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {revision} ({batch.Revision})")));
            await _writer.FlushAsync(context.RequestAborted);
        }
    }

    private TimeSpan Lifetime() => TimeSpan.FromSeconds(
        query.TimeoutSeconds is { } seconds and > 0 ? Math.Min(seconds, int.MaxValue) : MinRequestSeconds + RandomNumberGenerator.GetInt32(MinRequestSeconds));
}
