using System.Globalization;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Watching;

/// <summary>
/// One watch: the initial state when asked for, then every change that the selectors see, until the client leaves, the time
/// is over or the store cannot serve it any more. A client that does not read is never waited for beyond what the store keeps for it.
/// </summary>
internal sealed class WatchSession(HttpContext context, ResourceEndpoint endpoint, string @namespace, ListQuery query, WatchEventWriter writer)
{
    /// <summary>Between bookmarks, when they are asked for (upstream: about a minute).</summary>
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long before the end the last bookmark comes, so that the next watch has little to catch up with.</summary>
    private static readonly TimeSpan LastBookmark = TimeSpan.FromSeconds(2);

    // A timer holds no more.
    private const long SecondsMax = 49 * 24 * 60 * 60;

    private readonly bool _isShared = !writer.SendsStoredBytes || !query.Filter.IsEmpty;

    public async Task RunAsync()
    {
        var lifetime = Lifetime();
        using var timeout = new CancellationTokenSource(lifetime, endpoint.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted, endpoint.Ended);
        try
        {
            await RunAsync(lifetime, ended.Token);
        }
        catch (ConversionException unconverted)
        {
            writer.WriteError(Statuses.Failure(500, "InternalError", unconverted.Message));
            await writer.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The time is over, the client has left or the resource is gone: a watch ends without a word.
        }
    }

    private async Task RunAsync(TimeSpan lifetime, CancellationToken ended)
    {
        // 1. Where to start.
        var isInitial = query.SendInitialEvents == true || (query.SendInitialEvents is null && query.Revision is null or 0);
        var current = (await endpoint.Store.StatusAsync(ended)).Revision;
        if (isInitial && query.Revision > current)
        {
            writer.WriteError(Statuses.TooLargeResourceVersion(query.Revision.Value, current));
            await writer.FlushAsync(ended);
            return;
        }

        var range = endpoint.Store.RangeOf(@namespace);
        using var shared = _isShared ? endpoint.SharedEvents.Join(range) : null;
        var initial = isInitial ? await ListReader.ReadAsync(endpoint, @namespace, new ListQuery { Filter = query.Filter }, ended) : null;
        var revision = initial?.Revision ?? (query.Revision is { } asked and > 0 ? asked : current);

        // 2. From here on the store keeps the events, up to its limit.
        using var watch = endpoint.Store.Watch(new WatchRequest(range, revision + 1));
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(ended, watch.Overtaken);
        try
        {
            // 3. The state so far.
            if (initial is not null)
            {
                await WriteInitialAsync(initial, writing.Token);
            }

            // The rest is waiting, for which a watch needs no seat.
            RequestContext.Of(context).Running?.End();

            // 4. What happens from there.
            await FollowAsync(watch, shared, revision, lifetime, writing.Token, ended);
        }
        catch (OperationCanceledException) when (watch.Overtaken.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            // It did not read while more happened than is kept for it. Nothing more gets through to it.
            endpoint.WatchEvents.Overtaken();
            context.Abort();
        }
    }

    private async Task WriteInitialAsync(ListPage page, CancellationToken writing)
    {
        var (started, count) = (endpoint.Time.GetTimestamp(), 0);
        foreach (var item in page.Items)
        {
            writer.WriteInitial(item);
            count++;
            await writer.FlushIfFullAsync(writing);
        }

        if (query.SendInitialEvents == true && query.AllowWatchBookmarks)
        {
            writer.WriteBookmark(page.Revision, endsInitialEvents: true);
            var scope = RequestContext.Of(context).Info.Name.Length > 0 ? "resource" : @namespace.Length > 0 ? "namespace" : "cluster";
            endpoint.WatchEvents.Listed(scope, endpoint.Time.GetElapsedTime(started));
        }

        endpoint.WatchEvents.Began(count);
    }

    /// <param name="writing">Ends a wait for the client.</param>
    /// <param name="ended">Ends a wait for events.</param>
    private async Task FollowAsync(IWatch watch, SharedEvents.Reader? shared, long revision, TimeSpan lifetime, CancellationToken writing, CancellationToken ended)
    {
        await using var bookmarks = BookmarkTimer(watch, BookmarkInterval, BookmarkInterval);
        await using var last = lifetime > LastBookmark ? BookmarkTimer(watch, lifetime - LastBookmark, Timeout.InfiniteTimeSpan) : null;
        await writer.FlushAsync(writing);
        while (true)
        {
            var batch = await watch.ReadAsync(ended);
            if (batch.EndsWatch)
            {
                await EndAsync(batch, revision, ended);
                return;
            }

            if (batch.Kind == WatchBatchKind.Progress)
            {
                writer.WriteBookmark(batch.Revision, endsInitialEvents: false);
            }

            var changes = batch.Events.ToArray();
            await ConvertAsync(changes, ended);
            foreach (var change in changes)
            {
                var taken = shared?.Take(change);
                if (!query.Filter.MayMatch(change.Key))
                {
                    continue;
                }

                if (taken is not null)
                {
                    await taken.ReadAsync(ShowsLast(change), ended);
                }

                Write(change, taken);
                await writer.FlushIfFullAsync(writing);
            }

            await writer.FlushAsync(writing);
        }
    }

    /// <summary>Has the objects of all changes converted together where a webhook is asked about that; each of them is found afterwards.</summary>
    private async ValueTask ConvertAsync(StoreEvent[] changes, CancellationToken ended)
    {
        if (endpoint.Type.Conversion is not null)
        {
            await endpoint.Store.ReadAsync(
                [.. changes.Where(ShowsLast).Select(static change => change.Previous!), .. changes.Where(static change => !change.IsDelete).Select(static change => change.Current)],
                ended);
        }
    }

    /// <summary>The object before the change is looked at.</summary>
    private bool ShowsLast(StoreEvent change) => change.Previous is not null && (change.IsDelete || !query.Filter.IsEmpty);

    private ITimer? BookmarkTimer(IWatch watch, TimeSpan first, TimeSpan interval) =>
        query.AllowWatchBookmarks ? endpoint.Time.CreateTimer(_ => watch.RequestProgress(), null, first, interval) : null;

    /// <summary>Writes a change as the selectors see it: an object that begins to match is added, one that ceases to is deleted.</summary>
    private void Write(in StoreEvent change, SharedEvent? taken)
    {
        if (taken is null)
        {
            WriteStored(change);
            return;
        }

        var matched = change.Previous is not null && (query.Filter.IsEmpty || query.Filter.Matches(taken.Last!));
        var matches = !change.IsDelete && (query.Filter.IsEmpty || query.Filter.Matches(taken.Current!));
        if (writer.SendsStoredBytes)
        {
            WriteStored(change, matched, matches);
        }
        else if (matches)
        {
            writer.WriteCurrent(matched ? "MODIFIED" : "ADDED", taken);
        }
        else if (matched)
        {
            writer.WriteLast(taken);
        }
    }

    private void WriteStored(in StoreEvent change) => WriteStored(change, change.Previous is not null, !change.IsDelete);

    private void WriteStored(in StoreEvent change, bool matched, bool matches)
    {
        if (matches)
        {
            writer.WriteStored(matched ? "MODIFIED" : "ADDED", endpoint.Store.Wrap(change.Current));
        }
        else if (matched)
        {
            writer.WriteStored("DELETED", SharedEvent.LastOf(change, endpoint.Store)!.Value);
        }
    }

    private async Task EndAsync(WatchBatch batch, long revision, CancellationToken ended)
    {
        if (batch.Kind == WatchBatchKind.Compacted)
        {
            writer.WriteError(Statuses.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {revision} ({batch.Revision})")));
            await writer.FlushAsync(ended);
        }
    }

    private TimeSpan Lifetime()
    {
        if (query.TimeoutSeconds is { } seconds and > 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, SecondsMax));
        }

        // Watches that began together do not end together.
        var minimum = RequestContext.Of(context).StreamMinimum;
        return minimum == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : minimum * (1 + Random.Shared.NextDouble());
    }
}
