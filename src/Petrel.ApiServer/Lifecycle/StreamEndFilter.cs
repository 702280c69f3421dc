using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Lifecycle;

/// <summary>Ends watches and streams when the server ends.</summary>
internal sealed class StreamEndFilter(ServerLifecycle lifecycle) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!RequestContext.Of(context).Info.IsLongRunning)
        {
            await next(context);
            return;
        }

        // It stays in place: whoever catches the cancellation further up must see that the request has ended.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifecycle.StreamsEnd);
        context.RequestAborted = ended.Token;
        await next(context);
    }
}
