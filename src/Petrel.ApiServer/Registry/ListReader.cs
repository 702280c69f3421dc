using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>Reads lists at one revision, page by page (kubernetes.io, "API Concepts: Resource versions, Retrieving large results").</summary>
internal static class ListReader
{
    /// <summary>Keys read at once while a selector looks for enough matches to fill a page.</summary>
    private const int ChunkSize = 1000;

    /// <exception cref="StatusException">410 for a revision that is no longer known, 504 for one that is not there yet.</exception>
    public static async Task<ListPage> ReadAsync(ResourceEndpoint endpoint, string @namespace, ListQuery query, CancellationToken cancellationToken)
    {
        var range = endpoint.Store.RangeOf(@namespace);
        var prefix = range.Start;
        long revision = 0;
        var isContinued = query.Continue is not null;
        if (query.Continue is { } token)
        {
            range = range.After(prefix + token.Start.TrimEnd('\0'));
            revision = Math.Max(0, token.Revision);
        }
        else if (query.Revision is { } asked and > 0)
        {
            if (query.Match == "Exact" || (query.Match.Length == 0 && query.Limit > 0))
            {
                revision = asked;
            }
            else
            {
                await CheckNotFutureAsync(endpoint, asked, cancellationToken);
            }
        }

        // A list at resourceVersion 0 comes whole: upstream's cache does not page it.
        var limit = query.Revision == 0 ? 0 : query.Limit;
        endpoint.Store.Metrics?.ListsTotal.Increment();
        return query.Filter.IsEmpty
            ? await ReadAllAsync(endpoint, range, prefix, revision, limit, isContinued, cancellationToken)
            : await ReadMatchingAsync(endpoint, range, prefix, revision, limit, isContinued, query.Filter, cancellationToken);
    }

    private static async Task<ListPage> ReadAllAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, bool isContinued, CancellationToken cancellationToken)
    {
        var result = await RangeAsync(endpoint, range, prefix, revision, limit, isContinued, cancellationToken);
        var items = await endpoint.Store.ReadAsync(result.Items, cancellationToken);
        endpoint.Store.Metrics?.Returned.Add(result.Items.Count);
        if (result.Remaining <= 0)
        {
            return new ListPage(result.Revision, "", null, items);
        }

        var last = result.Items.Last().Key;
        return new ListPage(result.Revision, new ContinueToken(result.Revision, last[prefix.Length..] + "\0").Encode(), result.Remaining, items);
    }

    private static async Task<ListPage> ReadMatchingAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, bool isContinued, ObjectFilter filter, CancellationToken cancellationToken)
    {
        var matches = new List<StoredObject>();
        while (true)
        {
            var result = await RangeAsync(endpoint, range, prefix, revision, ChunkSize, isContinued, cancellationToken);
            revision = result.Revision;
            var (passed, before) = (0, matches.Count);
            foreach (var stored in await endpoint.Store.ReadAsync(result.Items, cancellationToken))
            {
                passed++;
                if (!filter.Matches(stored))
                {
                    continue;
                }

                matches.Add(stored);
                if (matches.Count == limit)
                {
                    // A full page goes on wherever there are further objects; whether any of them matches, the next page says.
                    Count(passed, matches.Count - before);
                    var next = passed < result.Count ? new ContinueToken(revision, stored.Pair.Key[prefix.Length..] + "\0").Encode() : "";
                    return new ListPage(revision, next, null, matches);
                }
            }

            Count(passed, matches.Count - before);
            if (result.Remaining <= 0)
            {
                return new ListPage(revision, "", null, matches);
            }

            range = range.After(result.Items.Last().Key);
        }

        void Count(int evaluated, int matched)
        {
            endpoint.Store.Metrics?.Evaluated.Add(evaluated);
            endpoint.Store.Metrics?.Returned.Add(matched);
        }
    }

    private static async Task<RangeResult> RangeAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, bool isContinued, CancellationToken cancellationToken)
    {
        var result = await endpoint.Store.RangeAsync(new RangeRequest(range, revision, (int)Math.Min(limit, int.MaxValue)), cancellationToken);
        switch (result.Outcome)
        {
            case RangeOutcome.Found:
                endpoint.Store.Metrics?.Fetched.Add(result.Items.Count);
                return result;
            case RangeOutcome.Future:
                throw new StatusException(Statuses.Unknown(500, "etcdserver: mvcc: required revision is a future revision"));
            default:
                throw new StatusException(isContinued ? ExpiredPage(range.Start[prefix.Length..]) : Expired());
        }
    }

    private static Api.Meta.Status Expired() =>
        Statuses.Expired("The resourceVersion for the provided list is too old.");

    /// <summary>The client may go on with the token inside, at the price of an inconsistent list.</summary>
    private static Api.Meta.Status ExpiredPage(string start) =>
        Statuses.Expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
            with
        { Metadata = new Api.Meta.ListMeta { Continue = new ContinueToken(-1, start).Encode() } };

    private static async Task CheckNotFutureAsync(ResourceEndpoint endpoint, long asked, CancellationToken cancellationToken)
    {
        var current = (await endpoint.Store.StatusAsync(cancellationToken)).Revision;
        if (asked > current)
        {
            throw new StatusException(Statuses.TooLargeResourceVersion(asked, current));
        }
    }
}
