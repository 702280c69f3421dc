using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Knows one kind of bearer token.</summary>
internal interface ITokenAuthenticator
{
    /// <param name="audiences">Whom the token must be meant for, at least one of them.</param>
    ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken);
}
