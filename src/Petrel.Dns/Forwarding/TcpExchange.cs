using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Forwarding;

/// <summary>Asks a server over TCP, one connection for one question: only truncated answers come this way.</summary>
internal static class TcpExchange
{
    private const int LengthBytes = sizeof(ushort);

    /// <summary>Null when the server's answer is not one to this request.</summary>
    /// <exception cref="IOException">The connection ended early.</exception>
    public static async ValueTask<DnsMessage?> AskAsync(IPEndPoint endPoint, DnsMessage request, CancellationToken cancellationToken)
    {
        using Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
        using NetworkStream stream = new(socket, ownsSocket: false);

        byte[] buffer = new byte[LengthBytes + WireLimits.UdpBytesDefault];
        int length = MessageEncoder.Encode(request, buffer.AsSpan(LengthBytes));
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)length);
        await stream.WriteAsync(buffer.AsMemory(0, LengthBytes + length), cancellationToken).ConfigureAwait(false);

        await stream.ReadExactlyAsync(buffer.AsMemory(0, LengthBytes), cancellationToken).ConfigureAwait(false);
        byte[] reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(buffer)];
        await stream.ReadExactlyAsync(reply, cancellationToken).ConfigureAwait(false);
        return ReplyMatch.TryRead(reply, request, out DnsMessage? message) ? message : null;
    }
}
