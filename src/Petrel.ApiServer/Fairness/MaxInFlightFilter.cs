using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// Without priority and fairness: so many requests that read and so many that write at a time, and the rest is refused. Administrators
/// are always served, so that they can mend what fills the server.
/// </summary>
/// <param name="readingMax">0 for no limit.</param>
/// <param name="mutatingMax">0 for no limit.</param>
internal sealed class MaxInFlightFilter(int readingMax, int mutatingMax, InFlightRequests inFlight, DroppedRequests dropped) : IRequestFilter
{
    private readonly Room _reading = new(readingMax);
    private readonly Room _mutating = new(mutatingMax);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        if (request.Info.IsLongRunning)
        {
            await next(context);
            return;
        }

        var isMutating = InFlightRequests.IsMutating(request.Info);
        var room = isMutating ? _mutating : _reading;
        if (!room.Enter(isForced: request.User.IsIn(SystemIdentities.Masters)))
        {
            request.WasTerminated = true;
            await TooManyRequests.WriteAsync(context, dropped.Note(isMutating ? "mutating" : "readOnly"));
            return;
        }

        var gauge = inFlight.RunningLike(request.Info);
        gauge.Increment();
        try
        {
            await next(context);
        }
        finally
        {
            gauge.Decrement();
            room.Leave();
        }
    }

    /// <summary>Counts who is in.</summary>
    private sealed class Room(int max)
    {
        private int _inside;

        public bool Enter(bool isForced)
        {
            if (Interlocked.Increment(ref _inside) <= max || max == 0 || isForced)
            {
                return true;
            }

            Interlocked.Decrement(ref _inside);
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _inside);
    }
}
