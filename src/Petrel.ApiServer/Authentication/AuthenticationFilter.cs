using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authentication;

/// <summary>Finds out who makes the request; who cannot prove what he claims gets a 401.</summary>
internal sealed class AuthenticationFilter(IAuthenticator authenticator) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        request.User = context.Features.Get<InProcessUser>()?.User ?? await AuthenticateAsync(context);
        // The credentials have served: nothing behind this needs them, and a proxied request must not carry them on.
        context.Request.Headers.Authorization = default;
        await next(context);
    }

    private async ValueTask<UserInfo> AuthenticateAsync(HttpContext context) =>
        (await authenticator.AuthenticateAsync(context)).User ?? throw new StatusException(Statuses.Unauthorized());
}
