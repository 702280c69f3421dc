using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Petrel.Streams.Upgrades;

/// <summary>
/// Asks a server to switch protocols (RFC 9110 section 7.8). The HTTP client does the handshake; after 101 it hands
/// out the connection itself.
/// </summary>
public static class UpgradeClient
{
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<UpgradeResult> ConnectAsync(UpgradeRequest request, UpgradeOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var transport = new UpgradeTransport(options.UnixSocketPath);
        var client = CreateClient(transport, options);
        try
        {
            var response = await client.SendAsync(CreateMessage(request, options), either.Token);
            var content = await response.Content.ReadAsStreamAsync(either.Token);
            return new UpgradeResult(new UpgradeResponse(client, response, transport, content), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return new UpgradeResult(null, Describe(exception, request.Target, options));
        }
    }

    /// <summary>One client for one connection: an upgraded connection never goes back to a pool.</summary>
    private static HttpMessageInvoker CreateClient(UpgradeTransport transport, UpgradeOptions options) =>
        new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.HandshakeTimeout,
            MaxResponseHeadersLength = options.MaxResponseHeaderKibibytes,
            SslOptions = options.Tls ?? new SslClientAuthenticationOptions(),
            ConnectCallback = transport.ConnectAsync,
            PlaintextStreamFilter = (context, _) =>
            {
                var plaintext = transport.Observe(context.PlaintextStream);
                return ValueTask.FromResult(options.RepeatedHeaders is { } prefix ? new RepeatedHeaderStream(plaintext, prefix) : plaintext);
            },
            RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,
        });

    // Several values of one name leave as one line with commas (RFC 9110 section 5.3); every peer with Kubernetes' stream
    // library of 1.20 or later, containerd 1.6 included, splits the protocol list at them.
    private static HttpRequestMessage CreateMessage(UpgradeRequest request, UpgradeOptions options)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Target)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.Host = options.ServerName;
        message.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        message.Headers.TryAddWithoutValidation("Upgrade", request.Protocol);
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static string Describe(Exception exception, Uri target, UpgradeOptions options)
    {
        var dial = options.UnixSocketPath is { } path ? $"dial unix {path}" : $"dial tcp {target.Host}:{target.Port}";
        return exception switch
        {
            OperationCanceledException => $"{dial}: i/o timeout",
            { InnerException: SocketException socket } => $"{dial}: {Describe(socket)}",
            { InnerException: AuthenticationException tls } => $"tls: failed to verify certificate: {tls.Message}",
            _ => exception.Message,
        };
    }

    private static string Describe(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connect: connection refused",
        SocketError.HostUnreachable => "connect: no route to host",
        SocketError.NetworkUnreachable => "connect: network is unreachable",
        SocketError.TimedOut => "connect: connection timed out",
        SocketError.HostNotFound or SocketError.TryAgain => "lookup: no such host",
        _ => exception.Message,
    };
}
