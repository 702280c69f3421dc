using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Authentication;

/// <summary>Reads one kind of credentials from a request.</summary>
internal interface IAuthenticator
{
    ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context);
}
