using System.Net;
using System.Net.Sockets;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.Tests.Spdy;

/// <summary>A server connection and, at the other end of a real socket, whatever the test makes of it.</summary>
internal sealed class SpdyPair : IAsyncDisposable
{
    private SpdyPair(Stream peer, SpdyConnection server)
    {
        Peer = peer;
        Server = server;
    }

    /// <summary>The raw other end: a test writes frames by hand, or starts a client connection on it.</summary>
    public Stream Peer { get; }

    public SpdyConnection Server { get; }

    public static async Task<SpdyPair> StartAsync(SpdyLimits? limits = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!);
        var server = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
        return new SpdyPair(new NetworkStream(peer, ownsSocket: true), SpdyConnection.Start(server, SpdyRole.Server, limits));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Peer.DisposeAsync();
    }
}
