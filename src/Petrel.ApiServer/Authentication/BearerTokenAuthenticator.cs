using Microsoft.AspNetCore.Http;
using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>
/// Takes a token from the Authorization header, or from the subprotocol by which browsers, which cannot set headers on a
/// WebSocket, send it, and asks those who know tokens.
/// </summary>
internal sealed class BearerTokenAuthenticator(TokenAuthentication tokens, ApiList<string> audiences) : IAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context)
    {
        var token = BearerToken.FromAuthorization(context.Request.Headers) ?? BearerToken.TakeFromSubprotocol(context.Request.Headers);
        return token is null
            ? ValueTask.FromResult(AuthenticationResult.NoCredentials)
            : tokens.AuthenticateAsync(token, audiences, context.RequestAborted);
    }
}
