using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Authentication;

/// <summary>
/// Knows users by their TLS client certificate: common name is the user, organizations are the groups, and the chain must
/// end at the cluster's client authority. The TLS layer asks for certificates but checks none, so that a wrong one gets a
/// 401 with a Status instead of a broken handshake.
/// </summary>
internal sealed class ClientCertificateAuthenticator(ClientCertificateVerifier verifier) : IAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context)
    {
        if (context.Connection.ClientCertificate is not { } certificate)
        {
            return ValueTask.FromResult(AuthenticationResult.NoCredentials);
        }

        var verdict = verifier.Verify(certificate);
        return ValueTask.FromResult(verifier.IsCurrent(verdict) ? verdict.Result : AuthenticationResult.Rejected("x509: certificate has expired or is not yet valid"));
    }
}
