using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;

namespace Petrel.ApiServer.Lifecycle;

/// <summary>
/// Tells HTTP/2 clients now and then to connect anew, so that a load balancer can spread them over several servers. The request
/// itself and others on the connection are answered.
/// </summary>
/// <param name="chance">Of each request, 0 to 0.02.</param>
internal sealed class GoAwayFilter(double chance, Random random) : IRequestFilter
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (chance > 0 && HttpProtocol.IsHttp2(context.Request.Protocol) && random.NextDouble() < chance)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        return next(context);
    }
}
