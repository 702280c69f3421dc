using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.Upgrades;

namespace Petrel.Streams.WebSockets;

/// <summary>
/// The server's side of the WebSocket handshake (RFC 6455 section 4.2). ASP.NET's own refuses subprotocol names with
/// a slash, and Kubernetes has one: <c>SPDY/3.1+portforward.k8s.io</c>.
/// </summary>
public static class WebSocketHandshake
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private const int KeyBytes = 16;

    public static bool IsWebSocketRequest(HttpContext context) =>
        UpgradeProxy.IsUpgradeRequest(context)
        && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>The subprotocols that the client offers, in its order.</summary>
    public static IReadOnlyList<string> Protocols(HttpRequest request) =>
        [.. request.Headers.SecWebSocketProtocol
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Null when the request can be accepted, else what is wrong with it.</summary>
    public static string? Validate(HttpRequest request)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        if (request.Headers.SecWebSocketVersion != "13")
        {
            return "unsupported WebSocket version: only 13 is supported";
        }

        return Convert.TryFromBase64String(request.Headers.SecWebSocketKey.ToString(), key, out var length) && length == KeyBytes
            ? null
            : "the Sec-WebSocket-Key header is missing or not 16 bytes in base64";
    }

    /// <summary>Answers 101 with the chosen subprotocol. The request must have passed <see cref="Validate"/>.</summary>
    public static async Task<WebSocket> AcceptAsync(HttpContext context, string? protocol)
    {
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        if (protocol is not null)
        {
            context.Response.Headers.SecWebSocketProtocol = protocol;
        }

        var transport = await UpgradeProxy.SwitchAsync(context);

        // No pings of ours: clients ping, and a stream at rest is to cost nothing.
        var options = new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan };
        return WebSocket.CreateFromStream(transport, options);
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6455 prescribes SHA-1 here; it proves nothing but that the server read the key.")]
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
}
