using System.Globalization;
using Petrel.Api;
using Petrel.ApiServer.Authentication;
using Petrel.Metrics;

namespace Petrel.ApiServer.Tokens;

/// <summary>
/// Knows the tokens of service accounts: signature, audience and times must be right, and the account and the object that
/// the token is bound to must still be there.
/// </summary>
internal sealed class ServiceAccountTokenAuthenticator(SigningKey key, TokenOptions options, TokenLiveness liveness, TimeProvider time) : ITokenAuthenticator
{
    private const string ExtraPrefix = "authentication.kubernetes.io/";

    // Clocks of several servers may differ by this much.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private readonly VerifiedTokens _verified = new(key);

    /// <summary>Tokens that were good, of those that should be replaced long before they end.</summary>
    public Counter Valid { get; } = new();

    /// <summary>Of the same, tokens that should have been replaced by then.</summary>
    public Counter Stale { get; } = new();

    public async ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken)
    {
        var (claims, fault) = _verified.Read(token, options.Issuer);
        if (fault.Length > 0)
        {
            return AuthenticationResult.Rejected(fault);
        }

        if (claims is null)
        {
            return AuthenticationResult.NoCredentials;
        }

        ApiList<string> common = [.. claims.Audiences.Where(audiences.Contains)];
        if (common.IsEmpty)
        {
            return AuthenticationResult.Rejected($"token audiences {Quote(claims.Audiences)} is invalid for the target audiences {Quote(audiences)}");
        }

        var reason = CheckTimes(claims) ?? await liveness.CheckAsync(claims, time.GetUtcNow() - Leeway, cancellationToken);
        if (reason is not null)
        {
            return AuthenticationResult.Rejected(reason);
        }

        if (claims.WarnAfter is { } limit)
        {
            (time.GetUtcNow() > limit ? Stale : Valid).Increment();
        }

        return AuthenticationResult.Authenticated(UserOf(claims), common);
    }

    private string? CheckTimes(TokenClaims claims)
    {
        var now = time.GetUtcNow();
        return claims.NotBefore > now + Leeway ? "service account token is not valid yet"
            : claims.Expires < now - Leeway ? "service account token has expired"
            : claims.IssuedAt > now + Leeway ? "service account token is issued in the future"
            : null;
    }

    private static UserInfo UserOf(TokenClaims claims)
    {
        var extra = new Dictionary<string, ApiList<string>>();
        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                extra[ExtraPrefix + name] = [value];
            }
        }

        if (claims.Pod is { } pod)
        {
            Add("pod-name", pod.Name);
            Add("pod-uid", pod.Uid);
        }

        if (claims.Node is { } node)
        {
            Add("node-name", node.Name);
            Add("node-uid", node.Uid);
        }

        Add("credential-id", claims.Id.Length > 0 ? "JTI=" + claims.Id : "");
        return new UserInfo(SystemIdentities.ServiceAccountUser(claims.Namespace, claims.ServiceAccount.Name))
        {
            Uid = claims.ServiceAccount.Uid,
            Groups = SystemIdentities.ServiceAccountGroups(claims.Namespace),
            Extra = ApiMap.FromPairs(extra),
        };
    }

    private static string Quote(ApiList<string> list) =>
        string.Create(CultureInfo.InvariantCulture, $"[{string.Join(' ', list.Select(Api.Validation.FieldErrors.Quote))}]");
}
