using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Tokens;

/// <summary>
/// Knows the tokens by which new nodes join: <c>ID.SECRET</c>, kept in secrets of kube-system named bootstrap-token-ID
/// (kubernetes.io, "Authenticating with Bootstrap Tokens").
/// </summary>
internal sealed partial class BootstrapTokenAuthenticator(IObjects objects, TimeProvider time) : ITokenAuthenticator
{
    private const string SecretType = "bootstrap.kubernetes.io/token";
    private const string Group = "system:bootstrappers";

    public async ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken)
    {
        if (!TokenForm().IsMatch(token))
        {
            return AuthenticationResult.NoCredentials;
        }

        var (id, secret) = (token[..6], token[7..]);
        var stored = await objects.FindAsync<Secret>("kube-system", "bootstrap-token-" + id, cancellationToken);
        if (stored is null || stored.Type != SecretType || stored.Metadata.DeletionTimestamp is not null || !IsGood(stored, id, secret))
        {
            return AuthenticationResult.NoCredentials;
        }

        var groups = Text(stored, "auth-extra-groups").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return groups.All(static group => ExtraGroupForm().IsMatch(group))
            ? AuthenticationResult.Authenticated(new UserInfo("system:bootstrap:" + id) { Groups = [Group, .. groups] }, audiences)
            : AuthenticationResult.NoCredentials;
    }

    private bool IsGood(Secret stored, string id, string secret) =>
        Text(stored, "token-id") == id
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text(stored, "token-secret")), Encoding.UTF8.GetBytes(secret))
        && Text(stored, "usage-bootstrap-authentication") == "true"
        && !IsExpired(Text(stored, "expiration"));

    // A time that cannot be read is over.
    private bool IsExpired(string expiration) => expiration.Length > 0
        && (!DateTimeOffset.TryParse(expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) || end <= time.GetUtcNow());

    private static string Text(Secret secret, string key) => secret.Data.TryGetValue(key, out var value) ? Encoding.UTF8.GetString(value.Span) : "";

    [GeneratedRegex(@"\A[a-z0-9]{6}\.[a-z0-9]{16}\z")]
    private static partial Regex TokenForm();

    [GeneratedRegex(@"\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\z")]
    private static partial Regex ExtraGroupForm();
}
