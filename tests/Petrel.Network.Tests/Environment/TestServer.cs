using System.Net;
using System.Net.Sockets;
using System.Text;
using Petrel.Linux.Netlink;

namespace Petrel.Network.Tests.Environment;

/// <summary>Answers every connection or datagram with its name and the address it sees the client under.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly string _name;
    private readonly Task _loop;

    private TestServer(NetworkNamespace place, ProtocolType protocol, int port, string name)
    {
        _name = name;
        _socket = place.Run(() => Listen(protocol, port));
        _loop = protocol == ProtocolType.Tcp ? ServeConnectionsAsync() : ServeDatagramsAsync();
    }

    public static TestServer Tcp(NetworkNamespace place, int port, string name) => new(place, ProtocolType.Tcp, port, name);

    public static TestServer Udp(NetworkNamespace place, int port, string name) => new(place, ProtocolType.Udp, port, name);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _loop;
    }

    private static Socket Listen(ProtocolType protocol, int port)
    {
        var socket = new Socket(
            AddressFamily.InterNetwork, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        if (protocol == ProtocolType.Tcp)
        {
            socket.Listen();
        }

        return socket;
    }

    private async Task ServeConnectionsAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _socket.AcceptAsync();
                await client.SendAsync(Answer(client.RemoteEndPoint!));
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private async Task ServeDatagramsAsync()
    {
        byte[] buffer = new byte[100];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                await _socket.SendToAsync(Answer(received.RemoteEndPoint), received.RemoteEndPoint);
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private byte[] Answer(EndPoint client) => Encoding.UTF8.GetBytes($"{_name} {((IPEndPoint)client).Address}");
}
