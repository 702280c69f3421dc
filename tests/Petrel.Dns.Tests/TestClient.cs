using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Tests;

/// <summary>Asks a server over real sockets, and fails rather than waits forever.</summary>
internal static class TestClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task<DnsMessage> AskUdpAsync(IPEndPoint server, string name, RecordType type, Edns? edns = null) =>
        AskUdpAsync(server, Query(name, type, edns));

    public static async Task<DnsMessage> AskUdpAsync(IPEndPoint server, DnsMessage query) =>
        Parse(await ExchangeUdpAsync(server, Encode(query)));

    public static async Task<byte[]> ExchangeUdpAsync(IPEndPoint server, byte[] request)
    {
        using CancellationTokenSource patience = new(Patience);
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, patience.Token);
        await socket.SendAsync(request, patience.Token);
        byte[] buffer = new byte[WireLimits.MessageBytesMax];
        int length = await socket.ReceiveAsync(buffer, patience.Token);
        return buffer[..length];
    }

    public static async Task<DnsMessage> AskTcpAsync(IPEndPoint server, string name, RecordType type)
    {
        using NetworkStream stream = await ConnectAsync(server);
        await SendAsync(stream, Query(name, type));
        return await ReceiveAsync(stream);
    }

    public static async Task<NetworkStream> ConnectAsync(IPEndPoint server)
    {
        using CancellationTokenSource patience = new(Patience);
        Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, patience.Token);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public static async Task SendAsync(NetworkStream stream, DnsMessage query)
    {
        byte[] bytes = Encode(query);
        byte[] framed = [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
        await stream.WriteAsync(framed);
    }

    public static async Task<DnsMessage> ReceiveAsync(NetworkStream stream)
    {
        using CancellationTokenSource patience = new(Patience);
        byte[] prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, patience.Token);
        byte[] reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(reply, patience.Token);
        return Parse(reply);
    }

    public static DnsMessage Query(string name, RecordType type, Edns? edns = null) => new(
        (ushort)Random.Shared.Next(ushort.MaxValue + 1),
        new MessageFlags { RecursionDesired = true },
        new DnsQuestion(DnsName.Parse(name), type),
        default,
        edns);

    public static byte[] Encode(DnsMessage message)
    {
        byte[] buffer = new byte[WireLimits.MessageBytesMax];
        return buffer[..MessageEncoder.Encode(message, buffer)];
    }

    public static DnsMessage Parse(byte[] bytes) =>
        DnsMessage.TryParse(bytes, out DnsMessage? message) ? message! : throw new InvalidDataException("The reply is malformed.");
}
