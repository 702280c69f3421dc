using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authentication;

/// <summary>Finds out who makes the request; who cannot prove what he claims gets a 401.</summary>
internal sealed class AuthenticationFilter(IAuthenticator authenticator, AuthenticationMetrics metrics, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        request.User = context.Features.Get<InProcessUser>()?.User ?? await AuthenticateAsync(context);
        // The credentials have served: nothing behind this needs them, and a proxied request must not carry them on.
        context.Request.Headers.Authorization = default;
        await next(context);
    }

    private async ValueTask<UserInfo> AuthenticateAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var user = (await authenticator.AuthenticateAsync(context)).User;
        metrics.Ended(user, time.GetElapsedTime(started));
        if (user is not null && context.Connection.ClientCertificate is { } certificate && user.Extra.ContainsKey(ClientCertificateVerifier.CredentialKey))
        {
            metrics.Certified(certificate.NotAfter.ToUniversalTime() - time.GetUtcNow());
        }

        return user ?? throw Refuse(context);
    }

    private static StatusException Refuse(HttpContext context)
    {
        RequestContext.Of(context).AuthenticationFailure = CredentialsOf(context);
        return new StatusException(Statuses.Unauthorized());
    }

    private static string CredentialsOf(HttpContext context)
    {
        var methods = new List<string>();
        var authorization = context.Request.Headers.Authorization.ToString().Trim();
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            methods.Add("basic");
        }

        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            methods.Add("bearer");
        }

        if (context.Request.Query["access_token"].ToString().Trim().Length > 0)
        {
            methods.Add("access_token");
        }

        if (context.Connection.ClientCertificate is not null)
        {
            methods.Add("x509");
        }

        return methods.Count == 0 ? "Authentication failed, no credentials provided" : $"Authentication failed, attempted: {string.Join(", ", methods)}";
    }
}
