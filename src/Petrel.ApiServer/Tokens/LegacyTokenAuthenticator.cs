using System.Security.Cryptography;
using System.Text;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Authentication;
using Petrel.Metrics;

namespace Petrel.ApiServer.Tokens;

/// <summary>Knows the tokens kept in secrets: signature, account and secret must be right, and the secret must hold this very token.</summary>
internal sealed class LegacyTokenAuthenticator(SigningKey key, TokenOptions options, IObjects objects) : ITokenAuthenticator
{
    /// <summary>Set on secrets whose token was not used for so long that it no longer counts.</summary>
    private const string InvalidLabel = "kubernetes.io/legacy-token-invalid-since";

    /// <summary>Tokens that were good.</summary>
    public Counter Used { get; } = new();

    public async ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken)
    {
        if (JsonWebToken.Parse(token) is not { } parsed || LegacyTokens.Read(parsed.Payload) is not { } claims)
        {
            return AuthenticationResult.NoCredentials;
        }

        if (parsed.KeyId.Length > 0 && parsed.KeyId != key.Id)
        {
            return AuthenticationResult.Rejected("invalid signature, no keys found");
        }

        if (parsed.Algorithm != key.Algorithm || !key.Verify(parsed.SignedPart, parsed.Signature))
        {
            return AuthenticationResult.Rejected("go-jose/go-jose: error in cryptographic primitive");
        }

        // Such tokens name no audience: they are for the API server.
        ApiList<string> common = [.. options.EffectiveAudiences.Where(audiences.Contains)];
        if (common.IsEmpty)
        {
            return AuthenticationResult.Rejected("token audiences [] is invalid for the target audiences");
        }

        if (await FindFaultAsync(token, claims, cancellationToken) is { } fault)
        {
            return AuthenticationResult.Rejected(fault);
        }

        Used.Increment();
        return AuthenticationResult.Authenticated(UserOf(claims), common);
    }

    private async ValueTask<string?> FindFaultAsync(string token, LegacyClaims claims, CancellationToken cancellationToken)
    {
        if (claims.Subject != SystemIdentities.ServiceAccountUser(claims.Namespace, claims.AccountName))
        {
            return "sub claim is invalid";
        }

        var secret = await objects.FindAsync<Secret>(claims.Namespace, claims.SecretName, cancellationToken);
        if (secret is null || secret.Metadata.DeletionTimestamp is not null)
        {
            return "service account token has been invalidated";
        }

        if (!secret.Data.TryGetValue("token", out var held) || !CryptographicOperations.FixedTimeEquals(held.Span, Encoding.UTF8.GetBytes(token)))
        {
            return "service account token does not match server's copy";
        }

        var account = await objects.FindAsync<ServiceAccount>(claims.Namespace, claims.AccountName, cancellationToken);
        if (account is null || account.Metadata.DeletionTimestamp is not null)
        {
            return $"serviceaccounts \"{claims.AccountName}\" not found";
        }

        return account.Metadata.Uid != claims.AccountUid ? $"service account UID ({account.Metadata.Uid}) does not match claim ({claims.AccountUid})"
            : secret.Metadata.Labels.ContainsKey(InvalidLabel) ? "the token in secret has been marked as invalid"
            : null;
    }

    private static UserInfo UserOf(LegacyClaims claims) => new(claims.Subject)
    {
        Uid = claims.AccountUid,
        Groups = SystemIdentities.ServiceAccountGroups(claims.Namespace),
    };
}
