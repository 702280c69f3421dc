using System.Net.Security;
using System.Net.Sockets;

namespace Petrel.Streams.Upgrades;

/// <summary>The socket below one upgraded connection, kept because half closing is not in the HTTP client's gift.</summary>
internal sealed class UpgradeTransport(string? unixSocketPath)
{
    private Socket? _socket;
    private SslStream? _tls;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (unixSocketPath is not null)
        {
            _socket = Sockets.Unix();
            return await Sockets.ConnectAsync(_socket, new UnixDomainSocketEndPoint(unixSocketPath), cancellationToken);
        }

        _socket = Sockets.Tcp();
        // A node that lost its power never says FIN; the idle timeout alone would hold the session for hours.
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        return await Sockets.ConnectAsync(_socket, context.DnsEndPoint, cancellationToken);
    }

    /// <summary>Notes the TLS layer, if there is one, on its way to the HTTP client.</summary>
    public Stream Observe(Stream plaintext)
    {
        _tls = plaintext as SslStream;
        return plaintext;
    }

    public async Task CompleteWritesAsync()
    {
        try
        {
            if (_tls is not null)
            {
                await _tls.ShutdownAsync();
            }

            _socket?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The peer closed first, so it needs no telling.
        }
    }
}
