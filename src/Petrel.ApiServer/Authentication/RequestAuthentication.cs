using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Authentication;

/// <summary>
/// Finds out who makes a request: asks the authenticators in order and takes the first that knows the user. Wrong
/// credentials are not made up for by being anonymous, but they are by other, right ones.
/// </summary>
internal sealed class RequestAuthentication(IReadOnlyList<IAuthenticator> authenticators, bool allowAnonymous) : IAuthenticator
{
    public async ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context)
    {
        var errors = new List<string>();
        foreach (var authenticator in authenticators)
        {
            var result = await authenticator.AuthenticateAsync(context);
            switch (result.Outcome)
            {
                case AuthenticationOutcome.Authenticated:
                    return AuthenticationResult.Authenticated(Complete(result.User!), result.Audiences);
                case AuthenticationOutcome.Rejected:
                    errors.AddRange(result.Errors);
                    break;
            }
        }

        return errors.Count > 0 ? AuthenticationResult.Rejected([.. errors])
            : allowAnonymous ? AuthenticationResult.Authenticated(SystemIdentities.Anonymous)
            : AuthenticationResult.NoCredentials;
    }

    // Whoever could prove an identity is in this group, except one whose credentials say that they are nobody.
    private static UserInfo Complete(UserInfo user) =>
        user.IsIn(SystemIdentities.UnauthenticatedGroup) ? user : user.WithGroup(SystemIdentities.AuthenticatedGroup);
}
