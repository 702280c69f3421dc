using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.Upgrades;

namespace Petrel.Streams.WebSockets;

/// <summary>
/// Port-forward of kubectl since 1.31 (KEP-4006): a WebSocket whose binary messages are a SPDY connection's bytes.
/// This end of the WebSocket is here; the SPDY bytes pass on as they are.
/// </summary>
public static class SpdyOverWebSocket
{
    /// <summary>Subprotocols are this and the protocol inside: <c>SPDY/3.1+portforward.k8s.io</c>.</summary>
    public const string ProtocolPrefix = "SPDY/3.1+";

    private const string ProtocolSuffix = ".k8s.io";

    private const string Spdy = "SPDY/3.1";

    /// <summary>Whether the client offers at least one tunnelled SPDY protocol.</summary>
    public static bool IsRequested(HttpContext context) =>
        WebSocketHandshake.IsWebSocketRequest(context) && Tunnelled(context.Request).Any();

    /// <summary>Asks the target for SPDY, answers the client as the target answers, and carries the bytes.</summary>
    public static async Task<UpgradeFailure?> RunAsync(HttpContext context, Uri target, UpgradeOptions options)
    {
        if (WebSocketHandshake.Validate(context.Request) is { } invalid)
        {
            return new UpgradeFailure(StatusCodes.Status400BadRequest, invalid);
        }

        var result = await UpgradeClient.ConnectAsync(CreateRequest(context, target), options, context.RequestAborted);
        if (result.Response is not { } backend)
        {
            return new UpgradeFailure(StatusCodes.Status500InternalServerError, $"error dialing backend: {result.Failure}");
        }

        await using (backend)
        {
            if (!backend.IsUpgraded)
            {
                return await UpgradeProxy.RelayRefusalAsync(context, backend, options);
            }

            if (!string.Equals(backend.Header("Upgrade"), Spdy, StringComparison.OrdinalIgnoreCase))
            {
                return new UpgradeFailure(StatusCodes.Status500InternalServerError, "unable to upgrade: missing upgrade headers in response");
            }

            var chosen = backend.Header(UpgradeHeaders.StreamProtocolVersion);
            using var socket = await WebSocketHandshake.AcceptAsync(context, chosen is null ? null : ProtocolPrefix + chosen);
            await RunAsync(socket, backend, options);
            return null;
        }
    }

    private static async Task RunAsync(WebSocket socket, UpgradeResponse backend, UpgradeOptions options)
    {
        await using var client = WebSocketStream.Create(socket, WebSocketMessageType.Binary);
        using var tunnel = new ByteTunnel(client, backend, options, CancellationToken.None);
        await tunnel.RunAsync(endClient: async cancellationToken =>
        {
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
            {
                // The client is gone; the tunnel's reading side notices.
            }
        });
    }

    private static UpgradeRequest CreateRequest(HttpContext context, Uri target)
    {
        var headers = UpgradeHeaders.ForBackend(context)
            .Where(header => !header.Key.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase)
                && !header.Key.Equals(UpgradeHeaders.StreamProtocolVersion, StringComparison.OrdinalIgnoreCase))
            .ToList();
        headers.AddRange(Tunnelled(context.Request).Select(protocol =>
            KeyValuePair.Create(UpgradeHeaders.StreamProtocolVersion, protocol[ProtocolPrefix.Length..])));
        return new UpgradeRequest(HttpMethods.Post, target, Spdy, headers);
    }

    private static IEnumerable<string> Tunnelled(HttpRequest request) =>
        WebSocketHandshake.Protocols(request).Where(protocol =>
            protocol.StartsWith(ProtocolPrefix, StringComparison.Ordinal) && protocol.EndsWith(ProtocolSuffix, StringComparison.Ordinal));
}
