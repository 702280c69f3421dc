using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>Reads lists at one revision, page by page (kubernetes.io, "API Concepts: Resource versions, Retrieving large results").</summary>
internal static class ListReader
{
    /// <summary>Keys read at once while a selector looks for enough matches to fill a page.</summary>
    private const int ChunkSize = 1000;

    /// <exception cref="StatusException">400 for a bad token, 410 for a revision that is no longer known, 504 for one that is not there yet.</exception>
    public static async Task<ListPage> ReadAsync(ResourceEndpoint endpoint, string @namespace, ListQuery query, CancellationToken cancellationToken)
    {
        var range = endpoint.Store.RangeOf(@namespace);
        var prefix = range.Start;
        long revision = 0;
        if (query.Continue.Length > 0)
        {
            var token = ContinueToken.Decode(query.Continue);
            if (query.Revision is > 0)
            {
                throw new StatusException(Statuses.BadRequest("specifying resource version is not allowed when using continue"));
            }

            range = range.After(prefix + token.Start.TrimEnd('\0'));
            revision = Math.Max(0, token.Revision);
        }
        else if (query.Revision is { } asked and > 0)
        {
            await CheckNotFutureAsync(endpoint, asked, query.Match, cancellationToken);
            var isExact = query.Match == "Exact" || (query.Match.Length == 0 && query.Limit > 0);
            revision = isExact ? asked : 0;
        }

        // A list at resourceVersion 0 comes whole: upstream's cache does not page.
        var limit = query.Revision == 0 && query.Match.Length == 0 && query.Continue.Length == 0 ? 0 : query.Limit;
        return query.Filter.IsEmpty
            ? await ReadAllAsync(endpoint, range, prefix, revision, limit, cancellationToken)
            : await ReadMatchingAsync(endpoint, range, prefix, revision, limit, query.Filter, cancellationToken);
    }

    private static async Task<ListPage> ReadAllAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, CancellationToken cancellationToken)
    {
        var result = await RangeAsync(endpoint, range, prefix, revision, limit, cancellationToken);
        var items = result.Items.Select(endpoint.Store.Wrap);
        if (result.Remaining <= 0)
        {
            return new ListPage(result.Revision, "", null, items);
        }

        var last = result.Items.Last().Key;
        return new ListPage(result.Revision, new ContinueToken(result.Revision, last[prefix.Length..] + "\0").Encode(), result.Remaining, items);
    }

    private static async Task<ListPage> ReadMatchingAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, ObjectFilter filter, CancellationToken cancellationToken)
    {
        var matches = new List<StoredObject>();
        while (true)
        {
            var result = await RangeAsync(endpoint, range, prefix, revision, ChunkSize, cancellationToken);
            revision = result.Revision;
            foreach (var pair in result.Items)
            {
                var stored = endpoint.Store.Wrap(pair);
                if (!filter.Matches(stored))
                {
                    continue;
                }

                if (limit > 0 && matches.Count == limit)
                {
                    var last = matches[^1].Pair.Key;
                    return new ListPage(revision, new ContinueToken(revision, last[prefix.Length..] + "\0").Encode(), null, matches);
                }

                matches.Add(stored);
            }

            if (result.Remaining <= 0)
            {
                return new ListPage(revision, "", null, matches);
            }

            range = range.After(result.Items.Last().Key);
        }
    }

    private static async Task<RangeResult> RangeAsync(
        ResourceEndpoint endpoint, KeyRange range, string prefix, long revision, long limit, CancellationToken cancellationToken)
    {
        var result = await endpoint.Store.RangeAsync(new RangeRequest(range, revision, (int)Math.Min(limit, int.MaxValue)), cancellationToken);
        switch (result.Outcome)
        {
            case RangeOutcome.Found:
                return result;
            case RangeOutcome.Future:
                throw new StatusException(Statuses.Unknown(500, "etcdserver: mvcc: required revision is a future revision"));
            default:
                throw new StatusException(range.Start == prefix ? Expired(revision) : ExpiredPage(range.Start[prefix.Length..]));
        }
    }

    private static Api.Meta.Status Expired(long revision) =>
        Statuses.Expired($"The provided resource version is too old: {revision} is compacted. Please list again without a resource version.");

    /// <summary>The client may go on with the token inside, at the price of an inconsistent list.</summary>
    private static Api.Meta.Status ExpiredPage(string start) =>
        Statuses.Expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
            with
        { Metadata = new Api.Meta.ListMeta { Continue = new ContinueToken(-1, start).Encode() } };

    private static async Task CheckNotFutureAsync(ResourceEndpoint endpoint, long asked, string match, CancellationToken cancellationToken)
    {
        var current = (await endpoint.Store.StatusAsync(cancellationToken)).Revision;
        if (asked > current && match != "Exact")
        {
            throw new StatusException(Statuses.TooLargeResourceVersion(asked, current));
        }
    }
}
