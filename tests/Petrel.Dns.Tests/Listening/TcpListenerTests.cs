using System.Net.Sockets;
using Petrel.Dns.Listening;
using Petrel.Dns.Plugins;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Listening;

public sealed class TcpListenerTests
{
    private const string Web = "web.default.svc.cluster.local";

    [Fact]
    public async Task Queries_in_one_packet_are_all_answered()
    {
        await using DnsServer server = await TestServer.StartAsync();
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        List<DnsMessage> queries = [.. Enumerable.Range(0, 50).Select(i => TestClient.Query(Web, RecordType.A) with { Id = (ushort)i })];
        byte[] packet = [.. queries.Select(TestClient.Encode).SelectMany(bytes => (byte[])[(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes])];
        await stream.WriteAsync(packet);

        HashSet<ushort> answered = [];
        for (int i = 0; i < queries.Count; i++)
        {
            answered.Add((await TestClient.ReceiveAsync(stream)).Id);
        }

        Assert.Equal(queries.Select(query => query.Id).ToHashSet(), answered);
    }

    [Fact]
    public async Task A_slow_query_does_not_hold_up_the_next()
    {
        await using StubUpstream silent = new(_ => []);
        await using DnsServer server = await TestServer.StartAsync(new DnsServerOptions { Forward = new ForwardPluginOptions { Upstreams = [silent.EndPoint] } });
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        await TestClient.SendAsync(stream, TestClient.Query("slow.example.com", RecordType.A));
        DnsMessage quick = TestClient.Query(Web, RecordType.A);
        await TestClient.SendAsync(stream, quick);
        Assert.Equal(quick.Id, (await TestClient.ReceiveAsync(stream)).Id);
    }

    [Fact]
    public async Task A_query_may_arrive_byte_by_byte()
    {
        await using DnsServer server = await TestServer.StartAsync();
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        byte[] query = TestClient.Encode(TestClient.Query(Web, RecordType.A));
        foreach (byte value in (byte[])[(byte)(query.Length >> 8), (byte)query.Length, .. query])
        {
            await stream.WriteAsync(new[] { value });
            await stream.FlushAsync();
        }

        Assert.Single((await TestClient.ReceiveAsync(stream)).Sections.Answers);
    }

    [Fact]
    public async Task A_silent_connection_is_closed()
    {
        await using DnsServer server = await StartAsync(new DnsServerLimits { TcpIdleTimeout = TimeSpan.FromMilliseconds(200) });
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        Assert.Equal(0, await ReadByteAsync(stream));
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_others_live()
    {
        await using DnsServer server = await StartAsync(new DnsServerLimits { TcpConnectionsMax = 1 });
        using NetworkStream first = await TestClient.ConnectAsync(server.EndPoints[0]);
        await TestClient.SendAsync(first, TestClient.Query(Web, RecordType.A));
        await TestClient.ReceiveAsync(first);

        using NetworkStream second = await TestClient.ConnectAsync(server.EndPoints[0]);
        Assert.Equal(0, await ReadByteAsync(second));

        await TestClient.SendAsync(first, TestClient.Query(Web, RecordType.A));
        Assert.Single((await TestClient.ReceiveAsync(first)).Sections.Answers);
    }

    [Fact]
    public async Task A_client_that_only_stops_asking_still_gets_its_answer()
    {
        await using DnsServer server = await TestServer.StartAsync();
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        await TestClient.SendAsync(stream, TestClient.Query(Web, RecordType.A));
        stream.Socket.Shutdown(SocketShutdown.Send);
        Assert.Single((await TestClient.ReceiveAsync(stream)).Sections.Answers);
        Assert.Equal(0, await ReadByteAsync(stream));
    }

    [Fact]
    public async Task Stopping_closes_connections()
    {
        DnsServer server = await TestServer.StartAsync();
        using NetworkStream stream = await TestClient.ConnectAsync(server.EndPoints[0]);
        await TestClient.SendAsync(stream, TestClient.Query(Web, RecordType.A));
        await TestClient.ReceiveAsync(stream);
        await server.DisposeAsync();
        Assert.Equal(0, await ReadByteAsync(stream));
    }

    private static Task<DnsServer> StartAsync(DnsServerLimits limits) => TestServer.StartAsync(new DnsServerOptions { Limits = limits });

    /// <summary>Zero when the other side closed, whether politely or by reset.</summary>
    private static async Task<int> ReadByteAsync(NetworkStream stream)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        try
        {
            return await stream.ReadAsync(new byte[1], patience.Token);
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return 0;
        }
    }
}
