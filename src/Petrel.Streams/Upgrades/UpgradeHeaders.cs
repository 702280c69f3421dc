using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Petrel.Streams.Upgrades;

/// <summary>Which headers of an upgrade request and its response cross a proxy.</summary>
public static class UpgradeHeaders
{
    /// <summary>Remote command and port-forward protocol choices of SPDY clients.</summary>
    public const string StreamProtocolVersion = "X-Stream-Protocol-Version";

    /// <summary>A WebSocket client may carry its token as a subprotocol of this prefix; it ends where it was checked.</summary>
    public const string BearerProtocolPrefix = "base64url.bearer.authorization.k8s.io.";

    /// <summary>
    /// Belong to one connection (RFC 9110 section 7.6.1), are set anew for the next, or are the client's credentials,
    /// which were for this hop only.
    /// </summary>
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection,
        HeaderNames.Upgrade,
        HeaderNames.Host,
        HeaderNames.KeepAlive,
        HeaderNames.ProxyAuthenticate,
        HeaderNames.ProxyAuthorization,
        HeaderNames.ProxyConnection,
        HeaderNames.TE,
        HeaderNames.Trailer,
        HeaderNames.TransferEncoding,
        HeaderNames.ContentLength,
        HeaderNames.Authorization,
    };

    private const string ImpersonationPrefix = "Impersonate-";

    private const string ForwardedFor = "X-Forwarded-For";

    public static List<KeyValuePair<string, string>> ForBackend(HttpContext context)
    {
        RemoveConnectionOptions(context.Request.Headers);
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in context.Request.Headers)
        {
            if (NotForwarded.Contains(name) || name.StartsWith(ImpersonationPrefix, StringComparison.OrdinalIgnoreCase) || Is(name, ForwardedFor))
            {
                continue;
            }

            foreach (var value in values)
            {
                var forwarded = Is(name, HeaderNames.SecWebSocketProtocol) ? WithoutBearer(value) : value;
                if (forwarded is not null)
                {
                    headers.Add(new(name, forwarded));
                }
            }
        }

        headers.Add(new(ForwardedFor, AppendClient(context)));
        return headers;
    }

    /// <summary>
    /// Takes out the headers that the sender's Connection header names: they are for this hop only, whatever they are called
    /// (RFC 9110 section 7.6.1). What a proxy has to say itself is put in afterwards, where no sender can have it taken out.
    /// </summary>
    public static void RemoveConnectionOptions(IHeaderDictionary headers)
    {
        var options = headers.GetCommaSeparatedValues(HeaderNames.Connection);
        headers.Remove(HeaderNames.Connection);
        foreach (var option in options)
        {
            // The others never go on, and the server still needs them.
            if (!NotForwarded.Contains(option))
            {
                headers.Remove(option);
            }
        }
    }

    /// <summary>The backend's headers, to the client; <paramref name="response"/> keeps those of its own connection.</summary>
    public static void CopyToClient(UpgradeResponse backend, HttpResponse response)
    {
        var options = backend.Headers.Connection.ToList();
        foreach (var (name, values) in backend.Headers.NonValidated)
        {
            if (!IsOfOneConnection(name, options) || (backend.IsUpgraded && Is(name, HeaderNames.Upgrade)))
            {
                response.Headers[name] = values.ToArray();
            }
        }

        foreach (var (name, values) in backend.ContentHeaders.NonValidated)
        {
            if (!backend.IsUpgraded && !IsOfOneConnection(name, options))
            {
                response.Headers[name] = values.ToArray();
            }
        }
    }

    /// <summary>A header that no proxy passes on, because it is about one connection or one hop's credentials.</summary>
    /// <param name="options">What the Connection header beside it names.</param>
    public static bool IsOfOneConnection(string name, IReadOnlyCollection<string> options) =>
        NotForwarded.Contains(name) || options.Any(option => Is(name, option));

    private static string? WithoutBearer(string? protocols)
    {
        var kept = (protocols ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(protocol => !protocol.StartsWith(BearerProtocolPrefix, StringComparison.Ordinal))
            .ToList();
        return kept.Count == 0 ? null : string.Join(", ", kept);
    }

    private static string AppendClient(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var client = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString() ?? "unknown";
        var before = context.Request.Headers[ForwardedFor].ToString();
        return before.Length == 0 ? client : $"{before}, {client}";
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
