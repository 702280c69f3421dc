using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>What priority levels, their queues and the requests in them look like now (kubernetes.io, "Flow control: Debug endpoints").</summary>
internal sealed class FlowControlPaths(FlowController flows, TimeProvider time) : IPathHandler
{
    private const string Prefix = "/debug/api_priority_and_fairness/";

    private static readonly string[] LevelColumns =
        ["PriorityLevelName", "ActiveQueues", "IsIdle", "IsQuiescing", "WaitingRequests", "ExecutingRequests", "DispatchedRequests", "RejectedRequests", "TimedoutRequests", "CancelledRequests"];

    private static readonly string[] QueueColumns =
        ["PriorityLevelName", "Index", "PendingRequests", "ExecutingRequests", "SeatsInUse", "NextDispatchR", "InitialSeatsSum", "MaxSeatsSum", "TotalWorkSum"];

    // Upstream spells the distinguisher so.
    private static readonly string[] RequestColumns =
        ["PriorityLevelName", "FlowSchemaName", "QueueIndex", "RequestIndexInQueue", "FlowDistingsher", "ArriveTime", "InitialSeats", "FinalSeats", "AdditionalLatency", "StartTime"];

    private static readonly string[] DetailColumns = ["UserName", "Verb", "APIPath", "Namespace", "Name", "APIVersion", "Resource", "SubResource"];

    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (!request.Info.Path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rows = request.Info.Path[Prefix.Length..] switch
        {
            "dump_priority_levels" => [LevelColumns, .. Levels().SelectMany(LevelRows)],
            "dump_queues" => [QueueColumns, .. Levels().SelectMany(QueueRows)],
            "dump_requests" => RequestTable(context.Request.Query.ContainsKey("includeRequestDetails")),
            _ => (List<string[]>?)null,
        };
        if (rows is null)
        {
            return false;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(Align(rows), context.RequestAborted);
        return true;
    }

    private IEnumerable<PriorityLevel> Levels() => flows.Configuration.Levels.Values.OrderBy(static level => level.Name, StringComparer.Ordinal);

    private static IEnumerable<string[]> LevelRows(PriorityLevel level)
    {
        var state = level.Look();
        var counts = state.Counts;
        yield return
        [
            level.Name, Number(state.Queues.Count), Bool(state.Waiting + state.Executing == 0), Bool(level.IsQuiescing), Number(state.Waiting), Number(state.Executing),
            Number(counts.Dispatched), Number(counts.Rejected), Number(counts.TimedOut), Number(counts.Cancelled),
        ];
    }

    private static IEnumerable<string[]> QueueRows(PriorityLevel level) => level.Look().Queues.Select(queue => (string[])
    [
        level.Name, Number(queue.Index), Number(queue.Waiting.Count), Number(queue.Executing), Number(queue.SeatsInUse), SeatSeconds(queue.NextDispatch),
        Number(queue.Waiting.Sum(static each => each.Estimate.InitialSeats)), Number(queue.Waiting.Sum(static each => each.Estimate.MaxSeats)), SeatSeconds(queue.Waiting.Sum(static each => each.Estimate.TotalWork)),
    ]);

    private List<string[]> RequestTable(bool hasDetails)
    {
        var now = (Timestamp: time.GetTimestamp(), Time: time.GetUtcNow());
        List<string[]> rows = [hasDetails ? [.. RequestColumns, .. DetailColumns] : RequestColumns];
        foreach (var level in Levels())
        {
            var state = level.Look();
            rows.AddRange(state.Running.OrderBy(static each => each.Started).Select(each => Row(each, each.Queue?.Index ?? -1, -1)));
            rows.AddRange(state.Queues.SelectMany(queue => queue.Waiting.Select((each, i) => Row(each, queue.Index, i))));
        }

        return rows;

        string[] Row(FlowRequest flow, int queue, int place)
        {
            var info = flow.Info;
            string[] row =
            [
                flow.Route.Level.Name, flow.Route.SchemaName, Number(queue), Number(place), flow.Distinguisher, TimeOf(flow.Arrival), Number(flow.Estimate.InitialSeats),
                Number(flow.Estimate.FinalSeats), Milliseconds(flow.Estimate.AdditionalLatency), flow.Started == 0 ? "0001-01-01T00:00:00Z" : TimeOf(flow.Started),
            ];
            return hasDetails ? [.. row, flow.User.Name, info.Verb, info.Path, info.Namespace, info.Name, info.Version, info.Resource, info.Subresource] : row;
        }

        string TimeOf(long timestamp) => (now.Time - time.GetElapsedTime(timestamp, now.Timestamp)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
    }

    private static string Align(List<string[]> rows)
    {
        var columns = rows[0].Length;
        var widths = Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Length) + 2).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var column = 0; column < columns - 1; column++)
            {
                text.Append((row[column] + ",").PadRight(widths[column]));
            }

            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Milliseconds(TimeSpan value) => value == TimeSpan.Zero ? "0s" : value.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture) + "ms";

    private static string SeatSeconds(double value) => value.ToString("F8", CultureInfo.InvariantCulture) + "ss";
}
