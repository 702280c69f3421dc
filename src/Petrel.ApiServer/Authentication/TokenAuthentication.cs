using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Finds the user of a bearer token, for requests and for token reviews: the first authenticator that knows it decides.</summary>
internal sealed class TokenAuthentication(IReadOnlyList<ITokenAuthenticator> authenticators)
{
    public async ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken)
    {
        var errors = new List<string> { "invalid bearer token" };
        foreach (var authenticator in authenticators)
        {
            var result = await authenticator.AuthenticateAsync(token, audiences, cancellationToken);
            if (result.Outcome == AuthenticationOutcome.Authenticated)
            {
                return result;
            }

            errors.AddRange(result.Errors);
        }

        return AuthenticationResult.Rejected([.. errors]);
    }
}
