using System.Net;
using System.Net.Sockets;

namespace Petrel.Dns.Listening;

/// <summary>
/// A bound UDP socket and a listening TCP socket. Whoever has to open them in a special place, such as another network
/// namespace, hands them to the server, which then owns them.
/// </summary>
public sealed record ListenSockets(Socket Udp, Socket Tcp) : IDisposable
{
    private const int Backlog = 128;
    private const int ReceiveBufferBytes = 1 << 20;
    private const int BindAttemptsMax = 16;

    /// <summary>
    /// Opens both at one address. With port 0 both get the same free port. An address of a wildcard is bound for its own
    /// family only.
    /// </summary>
    /// <exception cref="SocketException">The address is not this machine's, or the port is taken.</exception>
    public static ListenSockets Open(IPEndPoint endPoint)
    {
        for (int attempt = 1; ; attempt++)
        {
            Socket tcp = Create(endPoint, SocketType.Stream, ProtocolType.Tcp);
            Socket udp = Create(endPoint, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                // Lets the port be taken again at once after a restart, while old connections linger.
                tcp.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                tcp.Bind(endPoint);
                udp.ReceiveBufferSize = ReceiveBufferBytes;
                udp.Bind(tcp.LocalEndPoint!);
                tcp.Listen(Backlog);
                return new ListenSockets(udp, tcp);
            }
            catch (SocketException exception)
            {
                tcp.Dispose();
                udp.Dispose();

                // A port that is free for TCP may be taken for UDP; the next free one need not be.
                bool mayRetry = endPoint.Port == 0 && exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
                if (!mayRetry || attempt == BindAttemptsMax)
                {
                    throw;
                }
            }
        }
    }

    public void Dispose()
    {
        Udp.Dispose();
        Tcp.Dispose();
    }

    private static Socket Create(IPEndPoint endPoint, SocketType type, ProtocolType protocol)
    {
        Socket socket = new(endPoint.AddressFamily, type, protocol);
        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = false;
        }

        return socket;
    }
}
