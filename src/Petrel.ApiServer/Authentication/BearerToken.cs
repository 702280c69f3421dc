using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Authentication;

/// <summary>Where a bearer token is found in a request.</summary>
internal static class BearerToken
{
    private const string SubprotocolPrefix = "base64url.bearer.authorization.k8s.io.";

    /// <summary>The token of the Authorization header (RFC 6750); null when there is none.</summary>
    public static string? FromAuthorization(IHeaderDictionary headers)
    {
        var parts = headers.Authorization.ToString().Trim().Split(' ', 3);
        return parts.Length >= 2 && parts[0].Equals("bearer", StringComparison.OrdinalIgnoreCase) && parts[1].Length > 0 ? parts[1] : null;
    }

    /// <summary>
    /// The token that a WebSocket client offers as a subprotocol; null when there is none. The entry is taken out of the
    /// header, because no server part may choose it.
    /// </summary>
    public static string? TakeFromSubprotocol(IHeaderDictionary headers)
    {
        var offered = headers.SecWebSocketProtocol.SelectMany(static value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        var entry = offered.Find(static protocol => protocol.StartsWith(SubprotocolPrefix, StringComparison.Ordinal));
        // A token alone is no offer of a protocol that the server could choose.
        if (entry is null || offered.Count == 1)
        {
            return null;
        }

        var encoded = entry[SubprotocolPrefix.Length..];
        if (encoded.Length == 0 || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        headers.SecWebSocketProtocol = string.Join(", ", offered.Where(protocol => protocol != entry));
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
    }
}
