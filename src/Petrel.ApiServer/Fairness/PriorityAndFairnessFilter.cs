using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// Finds each request its priority level and holds it back until it has its seats there. A watch keeps its seats until it has sent its initial
/// state; other streams need none.
/// </summary>
internal sealed class PriorityAndFairnessFilter(
    FlowController flows, WorkEstimator estimator, WatchCounts watches, InFlightRequests inFlight, DroppedRequests dropped, TimeSpan waitMax, TimeProvider time) : IRequestFilter
{
    private const string SchemaHeader = "X-Kubernetes-PF-FlowSchema-UID";
    private const string LevelHeader = "X-Kubernetes-PF-PriorityLevel-UID";

    /// <summary>No request waits for longer, whatever its own timeout.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        if (request.Info is { IsLongRunning: true, IsWatch: false })
        {
            await next(context);
            return;
        }

        // 1. Which flow it belongs to, and how much it takes.
        var route = flows.RouteOf(request.User, request.Info);
        context.Response.Headers[SchemaHeader] = route.SchemaUid;
        context.Response.Headers[LevelHeader] = route.LevelUid;
        var estimate = await estimator.OfAsync(route, request.Info, context.Request.Query, context.RequestAborted);
        route.Metrics.Seats.Observe(estimate.MaxSeats);
        var flow = new FlowRequest(route, request.User, request.Info, estimate, time.GetTimestamp());

        // 2. Its seats, now or when its turn comes.
        var refusal = route.Level.Arrive(flow) switch
        {
            FlowAdmission.Started => null,
            FlowAdmission.Queued => await WaitAsync(context, request, flow),
            FlowAdmission.QueueFull => "queue-full",
            _ => "concurrency-limit",
        };
        if (refusal is not null)
        {
            route.Metrics.Rejected(refusal);
            request.WasTerminated = true;
            context.RequestAborted.ThrowIfCancellationRequested();
            await TooManyRequests.WriteAsync(context, dropped.Note(route.Level.Name));
            return;
        }

        // 3. The request itself.
        await RunAsync(context, next, request, flow);
    }

    private async Task RunAsync(HttpContext context, RequestDelegate next, RequestContext request, FlowRequest flow)
    {
        var metrics = flow.Route.Metrics;
        metrics.Dispatched.Increment();
        metrics.WaitOfExecuted.Observe(time.GetElapsedTime(flow.Arrival, flow.Started).TotalSeconds);
        var running = new RunningRequest(flow, inFlight.RunningLike(request.Info), time);
        request.Running = running;
        using var watch = request.Info.IsWatch ? watches.Add(request.Info, WatchedName(context, request)) : null;
        try
        {
            await next(context);
        }
        finally
        {
            running.End();
        }
    }

    private static string WatchedName(HttpContext context, RequestContext request) =>
        request.Info.Name.Length > 0 ? request.Info.Name : WorkEstimator.NameOf(context.Request.Query);

    // Null when its turn has come, otherwise why it was refused.
    private async Task<string?> WaitAsync(HttpContext context, RequestContext request, FlowRequest flow)
    {
        var (metrics, waiting) = (flow.Route.Metrics, inFlight.WaitingLike(request.Info));
        metrics.Waiting.Increment();
        waiting.Increment();
        try
        {
            await flow.Turn!.Task.WaitAsync(WaitLimitOf(request), time, context.RequestAborted);
            return null;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            var isCancelled = exception is OperationCanceledException;
            if (!flow.Route.Level.Withdraw(flow, isCancelled))
            {
                // Its turn came in the same moment.
                return null;
            }

            metrics.WaitOfRejected.Observe(time.GetElapsedTime(flow.Arrival).TotalSeconds);
            return isCancelled ? "cancelled" : "time-out";
        }
        finally
        {
            metrics.Waiting.Decrement();
            waiting.Decrement();
            request.AddWait(time.GetElapsedTime(flow.Arrival));
        }
    }

    // A quarter of the time a request has: what is left must suffice to carry it out.
    private TimeSpan WaitLimitOf(RequestContext request)
    {
        var limit = request.Timeout is { } timeout ? timeout / 4 : waitMax;
        return limit < WaitLimit ? limit : WaitLimit;
    }
}
