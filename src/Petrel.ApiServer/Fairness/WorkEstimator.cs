using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.Storage;

namespace Petrel.ApiServer.Fairness;

/// <summary>How many seats a request takes (KEP-1040, "Width of the request"): lists by the objects that they read, writes by the watches that see them.</summary>
internal sealed class WorkEstimator(ResourceRegistry registry, WatchCounts watches)
{
    private const int SeatsMax = 10;
    private const double ObjectsPerSeat = 100;
    private const int WatchesPerSeat = 10;

    // One request may take so much of a level's seats and not more.
    private const double LevelPartMax = 0.15;

    private static readonly TimeSpan EventDuration = TimeSpan.FromMilliseconds(5);

    public ValueTask<WorkEstimate> OfAsync(FlowRoute route, RequestInfo info, IQueryCollection query, CancellationToken cancellationToken)
    {
        if (!info.IsResource || route.Level.IsExempt)
        {
            return ValueTask.FromResult(WorkEstimate.OneSeat);
        }

        return info.Verb switch
        {
            "list" => OfListAsync(route, info, query, cancellationToken),
            "watch" when SendsInitialEvents(query) => OfListAsync(route, info, query, cancellationToken),
            // A token is no change of its account.
            "create" or "update" or "patch" or "delete" when info.Subresource != "token" => ValueTask.FromResult(OfWrite(route, info, query)),
            _ => ValueTask.FromResult(WorkEstimate.OneSeat),
        };
    }

    private static bool SendsInitialEvents(IQueryCollection query) => query.Count > 0 && QueryValues.Flag(query, "sendInitialEvents");

    private async ValueTask<WorkEstimate> OfListAsync(FlowRoute route, RequestInfo info, IQueryCollection query, CancellationToken cancellationToken)
    {
        if (info.Name.Length > 0 || NameOf(query).Length > 0 || registry.Find(info.Group, info.Version, info.Resource) is not { } endpoint)
        {
            return WorkEstimate.OneSeat;
        }

        var range = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(info.Namespace), Content: RangeContent.Count), cancellationToken);
        long objects = range.Count;
        if (!HasSelector(query) && LimitOf(query) is { } limit and > 0)
        {
            objects = Math.Min(objects, limit);
        }

        return new WorkEstimate((int)Math.Clamp(Math.Ceiling(objects / ObjectsPerSeat), 1, SeatsMaxOf(route)));
    }

    private WorkEstimate OfWrite(FlowRoute route, RequestInfo info, IQueryCollection query)
    {
        if (query.Count > 0 && query.ContainsKey("dryRun"))
        {
            return WorkEstimate.OneSeat;
        }

        var count = watches.Of(info);
        route.Metrics.WatchCounts.Observe(count);
        if (count < WatchesPerSeat)
        {
            return WorkEstimate.OneSeat;
        }

        var seats = (int)Math.Ceiling(count / (double)WatchesPerSeat);
        var narrowed = Math.Min(seats, SeatsMaxOf(route));
        // The same work on fewer seats takes longer.
        return new WorkEstimate(1, narrowed, EventDuration * seats / narrowed);
    }

    private static int SeatsMaxOf(FlowRoute route) => Math.Clamp((int)Math.Ceiling(route.Level.Limits.Nominal * LevelPartMax), 1, SeatsMax);

    private static bool HasSelector(IQueryCollection query) => query.ContainsKey("labelSelector") || query.ContainsKey("fieldSelector");

    // A limit that is no number is refused further down.
    private static long? LimitOf(IQueryCollection query) => long.TryParse(QueryValues.Text(query, "limit"), out var limit) ? limit : null;

    /// <summary>The name that a field selector restricts a list or watch to; empty for none.</summary>
    public static string NameOf(IQueryCollection query)
    {
        const string ByName = "metadata.name=";
        var selector = query.Count == 0 ? "" : QueryValues.Text(query, "fieldSelector");
        return selector.StartsWith(ByName, StringComparison.Ordinal) && !selector.Contains(',', StringComparison.Ordinal) ? selector[ByName.Length..].TrimStart('=') : "";
    }
}
