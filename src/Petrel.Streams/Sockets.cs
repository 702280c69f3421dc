using System.Net;
using System.Net.Sockets;

namespace Petrel.Streams;

/// <summary>Client sockets that never outlive what they were made for.</summary>
public static class Sockets
{
    /// <summary>A TCP socket that sends small writes at once.</summary>
    /// <param name="family">Left out for a name that may have addresses of both families.</param>
    public static Socket Tcp(AddressFamily? family = null) =>
        family is { } known ? new Socket(known, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static Socket Unix() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Connects; the stream owns the socket, which is closed when nothing becomes of it.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async Task<NetworkStream> ConnectAsync(Socket socket, EndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
