using System.Net;
using System.Net.Sockets;
using System.Text;
using Petrel.Linux.Netlink;

namespace Petrel.Network.Tests.Environment;

/// <summary>Asks a <see cref="TestServer"/> from inside a network namespace.</summary>
internal static class TestClient
{
    public const string Refused = "refused";
    public const string Silent = "silent";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    /// <summary>How long to listen to silence, where silence is the expected outcome.</summary>
    private static readonly TimeSpan SilenceTime = TimeSpan.FromMilliseconds(400);

    /// <summary>The server's answer over a new connection, or <see cref="Refused"/>.</summary>
    public static Task<string> TcpAsync(NetworkNamespace place, string address, int port) => TcpAsync(place, address, port, AnswerTime);

    /// <summary>Like <see cref="TcpAsync(NetworkNamespace, string, int)"/>, or <see cref="Silent"/> if nothing answers soon.</summary>
    public static Task<string> TcpOrSilentAsync(NetworkNamespace place, string address, int port) =>
        TcpAsync(place, address, port, SilenceTime);

    /// <summary>A datagram socket: its flow stays the same for all that is asked through it.</summary>
    public static Socket UdpSocket(NetworkNamespace place) =>
        place.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));

    public static async Task<string> UdpAsync(Socket socket, string address, int port)
    {
        using var limit = new CancellationTokenSource(AnswerTime);
        byte[] buffer = new byte[100];
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
            await socket.SendAsync("?"u8.ToArray(), limit.Token);
            int length = await socket.ReceiveAsync(buffer, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AccessDenied)
        {
            // The second is what the kernel tells a sender whose packet its own machine rejects.
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Silent;
        }
    }

    private static async Task<string> TcpAsync(NetworkNamespace place, string address, int port, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        using Socket socket = place.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        byte[] buffer = new byte[100];
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
            int length = await socket.ReceiveAsync(buffer, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Silent;
        }
    }
}
