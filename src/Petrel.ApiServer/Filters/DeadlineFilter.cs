using Microsoft.AspNetCore.Http;
using Petrel.Api.Validation;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Filters;

/// <summary>
/// Ends requests that take too long: after their timeout parameter, or the server's own limit if that is shorter. Requests that are meant to last
/// (watches, logs, streams, proxies) are left alone.
/// </summary>
internal sealed class DeadlineFilter(TimeSpan limit, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var info = RequestContext.Of(context).Info;
        if (IsLongRunning(info))
        {
            await next(context);
            return;
        }

        var aborted = context.RequestAborted;
        using var deadline = new CancellationTokenSource(TimeoutOf(context.Request), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new StatusException(Statuses.Timeout("Timeout: request did not complete within the allotted timeout", retryAfterSeconds: 0));
        }
        finally
        {
            // The refusal, too, must get out.
            context.RequestAborted = aborted;
        }
    }

    private static bool IsLongRunning(RequestInfo info) => info.IsResource
        ? info.Verb == "watch" || info.Subresource is "attach" or "exec" or "log" or "portforward" or "proxy"
        : info.Path.StartsWith("/debug/pprof/", StringComparison.Ordinal);

    private TimeSpan TimeoutOf(HttpRequest request)
    {
        var text = QueryValues.Text(request.Query, "timeout");
        if (text.Length == 0)
        {
            return limit;
        }

        if (!GoDuration.TryParse(text, out var wanted, out var error))
        {
            throw new StatusException(Statuses.BadRequest("invalid timeout specified in the request URL - " + error));
        }

        return wanted > TimeSpan.Zero && wanted < limit ? wanted : limit;
    }
}
