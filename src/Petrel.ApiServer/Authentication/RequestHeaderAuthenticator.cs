using Microsoft.AspNetCore.Http;
using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Takes the word of a proxy, known by its client certificate, on who makes a request.</summary>
/// <param name="proxies">Verifies certificates against the proxies' authorities.</param>
internal sealed class RequestHeaderAuthenticator(ClientCertificateVerifier proxies, RequestHeaderOptions options) : IAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context) => ValueTask.FromResult(Authenticate(context));

    private AuthenticationResult Authenticate(HttpContext context)
    {
        // 1. The proxy.
        if (options.UsernameHeaders.Count == 0 || context.Connection.ClientCertificate is not { } certificate)
        {
            return AuthenticationResult.NoCredentials;
        }

        var verdict = proxies.Verify(certificate);
        if (verdict.Result.Outcome == AuthenticationOutcome.Rejected)
        {
            return verdict.Result;
        }

        if (!proxies.IsCurrent(verdict))
        {
            return AuthenticationResult.Rejected("x509: certificate has expired or is not yet valid");
        }

        var proxy = verdict.Result.User?.Name ?? "";
        if (options.AllowedNames.Count > 0 && !options.AllowedNames.Contains(proxy))
        {
            return AuthenticationResult.Rejected($"x509: subject with cn={proxy} is not in the allowed list");
        }

        // 2. Its word.
        var headers = context.Request.Headers;
        var name = First(headers, options.UsernameHeaders);
        if (name.Length == 0)
        {
            return AuthenticationResult.NoCredentials;
        }

        var user = new UserInfo(name)
        {
            Uid = First(headers, options.UidHeaders),
            Groups = [.. options.GroupHeaders.SelectMany(header => headers[header]).OfType<string>().Where(static group => group.Length > 0)],
            Extra = Extra(headers),
        };

        // 3. It is for this server only.
        foreach (var header in headers.Keys.Where(IsIdentity).ToList())
        {
            headers.Remove(header);
        }

        return AuthenticationResult.Authenticated(user);
    }

    private static string First(IHeaderDictionary headers, IReadOnlyList<string> names) =>
        names.Select(name => headers[name].FirstOrDefault() ?? "").FirstOrDefault(static value => value.Length > 0) ?? "";

    private ApiMap<ApiList<string>> Extra(IHeaderDictionary headers)
    {
        var extra = new Dictionary<string, List<string>>();
        foreach (var prefix in options.ExtraHeadersPrefixes)
        {
            foreach (var (name, values) in headers)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    var key = Unescape(name[prefix.Length..].ToLowerInvariant());
                    if (!extra.TryGetValue(key, out var list))
                    {
                        extra.Add(key, list = []);
                    }

                    list.AddRange(values.OfType<string>());
                }
            }
        }

        return ApiMap.FromPairs(extra.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.ToApiList())));
    }

    // What is no escape stands for itself.
    private static string Unescape(string key)
    {
        for (var i = key.IndexOf('%', StringComparison.Ordinal); i >= 0; i = key.IndexOf('%', i + 1))
        {
            if (i + 2 >= key.Length || !char.IsAsciiHexDigit(key[i + 1]) || !char.IsAsciiHexDigit(key[i + 2]))
            {
                return key;
            }
        }

        return Uri.UnescapeDataString(key);
    }

    private bool IsIdentity(string header) =>
        options.UsernameHeaders.Concat(options.UidHeaders).Concat(options.GroupHeaders).Contains(header, StringComparer.OrdinalIgnoreCase)
        || options.ExtraHeadersPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
