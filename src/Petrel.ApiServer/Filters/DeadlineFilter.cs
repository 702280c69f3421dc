using Microsoft.AspNetCore.Http;
using Petrel.Api.Validation;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Filters;

/// <summary>
/// Ends requests that take too long: after their timeout parameter, or the server's own limit if that is shorter. Requests that are meant to last
/// (watches, logs, streams, proxies) are left alone.
/// </summary>
/// <param name="limit">The server's own, for requests that are answered once.</param>
/// <param name="streamMinimum">A watch that names no timeout lasts for one to two times this; zero for ever.</param>
internal sealed class DeadlineFilter(TimeSpan limit, TimeSpan streamMinimum, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        if (request.Info.IsLongRunning)
        {
            request.StreamMinimum = streamMinimum;
            await next(context);
            return;
        }

        var aborted = context.RequestAborted;
        var timeout = TimeoutOf(context.Request);
        request.Timeout = timeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            request.WasTerminated = true;
            throw new StatusException(Statuses.Timeout("Timeout: request did not complete within the allotted timeout", retryAfterSeconds: 0));
        }
        finally
        {
            // The refusal, too, must get out.
            context.RequestAborted = aborted;
        }
    }

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
