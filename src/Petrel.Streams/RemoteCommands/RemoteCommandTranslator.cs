using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.Spdy;
using Petrel.Streams.Upgrades;
using Petrel.Streams.WebSockets;

namespace Petrel.Streams.RemoteCommands;

/// <summary>
/// Serves exec and attach to WebSocket clients of v5.channel.k8s.io by being a SPDY client of a server that does not
/// know that protocol (KEP-4006). Older WebSocket protocols need none of this: runtimes speak them.
/// </summary>
public static class RemoteCommandTranslator
{
    /// <summary>Longest refusal of the server that is passed on.</summary>
    private const int RefusalBytes = 64 * 1024;

    public static bool IsRequested(HttpContext context) =>
        WebSocketHandshake.IsWebSocketRequest(context)
        && WebSocketHandshake.Protocols(context.Request).Contains(RemoteCommandProtocol.WebSocketV5);

    /// <summary>
    /// Runs the whole session against the server at <paramref name="target"/>. As upstream does, whatever fails after
    /// the client's own handshake is told on the error channel: clients of this protocol look there. The result is set
    /// only when that handshake is invalid.
    /// </summary>
    public static Task<UpgradeFailure?> RunAsync(HttpContext context, Uri target, RemoteCommandStreams streams, UpgradeOptions options) =>
        ServeAsync(context, options, session => RunAsync(session, target, streams, options));

    /// <summary>Tells a v5 client why there is no server to connect to.</summary>
    public static Task<UpgradeFailure?> RefuseAsync(HttpContext context, string message, UpgradeOptions options) =>
        ServeAsync(context, options, _ => Task.FromResult(Failure($"unable to upgrade connection: {message}")));

    private static async Task<UpgradeFailure?> ServeAsync(
        HttpContext context, UpgradeOptions options, Func<RemoteCommandSession, Task<ReadOnlySequence<byte>>> run)
    {
        if (WebSocketHandshake.Validate(context.Request) is { } invalid)
        {
            return new UpgradeFailure(StatusCodes.Status400BadRequest, invalid);
        }

        using var session = await RemoteCommandSession.AcceptAsync(context, options);
        try
        {
            await session.FinishAsync(await run(session));
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested)
        {
            // The client is gone and there is nobody to answer.
        }

        return null;
    }

    private static async Task<ReadOnlySequence<byte>> RunAsync(
        RemoteCommandSession session, Uri target, RemoteCommandStreams streams, UpgradeOptions options)
    {
        var headers = new[] { KeyValuePair.Create(UpgradeHeaders.StreamProtocolVersion, RemoteCommandProtocol.SpdyV4) };
        var request = new UpgradeRequest(HttpMethods.Post, target, "SPDY/3.1", headers);
        var result = await UpgradeClient.ConnectAsync(request, options, session.Ended);
        if (result.Response is not { } server)
        {
            return Failure($"error sending request: {result.Failure}");
        }

        await using (server)
        {
            if (!server.IsUpgraded)
            {
                return Failure($"unable to upgrade connection: {await ReadRefusalAsync(server, session.Ended)}");
            }

            if (server.Header(UpgradeHeaders.StreamProtocolVersion) != RemoteCommandProtocol.SpdyV4)
            {
                return Failure("unable to upgrade connection: the server does not speak " + RemoteCommandProtocol.SpdyV4);
            }

            await using var connection = SpdyConnection.Start(server.Content, SpdyRole.Client);
            return await RunAsync(session, connection, streams, options);
        }
    }

    private static async Task<ReadOnlySequence<byte>> RunAsync(
        RemoteCommandSession session, SpdyConnection connection, RemoteCommandStreams streams, UpgradeOptions options)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, session.Ended);
            var command = await SpdyRemoteCommand.OpenAsync(connection, streams, either.Token);
            return await session.CarryAsync(command);
        }
        catch (IOException exception)
        {
            return Failure(exception.Message);
        }
        catch (OperationCanceledException) when (!session.Ended.IsCancellationRequested)
        {
            return Failure("timed out waiting for the server to accept the streams");
        }
    }

    private static async Task<string> ReadRefusalAsync(UpgradeResponse server, CancellationToken cancellationToken)
    {
        var body = new byte[RefusalBytes];
        var length = await server.Content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(body.AsSpan(0, length)).Trim();
    }

    private static ReadOnlySequence<byte> Failure(string message) => new(InternalErrorStatus.Encode(message));
}
