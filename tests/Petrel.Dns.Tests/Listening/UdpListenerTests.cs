using System.Net;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Listening;

public sealed class UdpListenerTests : IAsyncLifetime
{
    private const string Web = "web.default.svc.cluster.local";
    private DnsServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_reply_echoes_id_question_and_recursion_desired()
    {
        DnsMessage query = TestClient.Query("WEB.default.svc.cluster.LOCAL", RecordType.A);
        DnsMessage reply = await TestClient.AskUdpAsync(_server.EndPoints[0], query);
        Assert.Equal(query.Id, reply.Id);
        Assert.Equal(query.Question!.Value.Name.ToString(), reply.Question!.Value.Name.ToString());
        Assert.True(reply.Flags is { IsResponse: true, RecursionDesired: true, Authoritative: true, RecursionAvailable: false });
    }

    [Fact]
    public async Task Edns_is_answered_with_edns_and_nothing_else_is()
    {
        Assert.Null((await TestClient.AskUdpAsync(_server.EndPoints[0], Web, RecordType.A)).Edns);
        Edns edns = (await TestClient.AskUdpAsync(_server.EndPoints[0], Web, RecordType.A, new Edns(4096, DnssecOk: true)))!.Edns!.Value;
        Assert.Equal(1232, edns.UdpPayloadBytes);
        Assert.True(edns.DnssecOk);
    }

    [Fact]
    public async Task An_unknown_version_of_edns_is_refused_by_name()
    {
        DnsMessage reply = await TestClient.AskUdpAsync(_server.EndPoints[0], Web, RecordType.A, new Edns(1232, Version: 1));
        Assert.Equal(ResponseCode.BadVersion, reply.ResponseCode);
        Assert.Empty(reply.Sections.Answers);
    }

    [Theory]
    [InlineData(0, 512)]
    [InlineData(600, 600)]
    [InlineData(1232, 1232)]
    [InlineData(65535, 1232)]
    public async Task A_long_answer_is_cut_to_what_the_client_takes_and_complete_over_tcp(int announced, int limit)
    {
        _server.Records.SetService(TestCluster.Headless("big"));
        _server.Records.SetEndpointSlice(TestCluster.Slice(
            "big-1", "big", [], [.. Enumerable.Range(1, 200).Select(i => new EndpointRecord(new IPAddress([10, 1, 0, (byte)i]), null))]));
        Edns? edns = announced == 0 ? null : new Edns((ushort)announced);
        byte[] query = TestClient.Encode(TestClient.Query("big.default.svc.cluster.local", RecordType.A, edns));

        byte[] cut = await TestClient.ExchangeUdpAsync(_server.EndPoints[0], query);
        Assert.InRange(cut.Length, limit - 32, limit);
        Assert.True(TestClient.Parse(cut).Flags.Truncated);

        DnsMessage whole = await TestClient.AskTcpAsync(_server.EndPoints[0], "big.default.svc.cluster.local", RecordType.A);
        Assert.False(whole.Flags.Truncated);
        Assert.Equal(200, whole.Sections.Answers.Length);
    }

    public static TheoryData<string, int> Bad => new()
    {
        // Header and what follows it, and the code that answers.
        { "1234 0100 0001 0000 0000 0000", (int)ResponseCode.FormatError },
        { "1234 0100 0000 0000 0000 0000", (int)ResponseCode.FormatError },
        { "1234 0100 0002 0000 0000 0000 00 0001 0001 00 0001 0001", (int)ResponseCode.FormatError },
        { "1234 0100 0001 0000 0000 0000 C00C 0001 0001", (int)ResponseCode.FormatError },
        { "1234 0100 0001 FFFF 0000 0000 00 0001 0001", (int)ResponseCode.FormatError },
        { "1234 0100 0001 0000 0000 0003 00 0001 0001", (int)ResponseCode.FormatError },
        { "1234 2000 0001 0000 0000 0000 00 0006 0001", (int)ResponseCode.NotImplemented },
        { "1234 2800 0001 0000 0000 0000 00 0006 0001", (int)ResponseCode.NotImplemented },
        { "1234 0100 0001 0000 0000 0000 00 0001 0003", (int)ResponseCode.Refused },
        { "1234 0100 0001 0000 0000 0000 00 00FC 0001", (int)ResponseCode.Refused },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_request_is_told_what_is_wrong(string hexadecimal, int code)
    {
        byte[] reply = await TestClient.ExchangeUdpAsync(_server.EndPoints[0], Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(0x1234, DnsMessage.ReadId(reply));
        MessageFlags flags = DnsMessage.ReadFlags(reply);
        Assert.True(flags.IsResponse);
        Assert.Equal(code, flags.ResponseCodeLow);
    }

    [Fact]
    public async Task What_is_no_request_gets_no_reply_and_hurts_nobody()
    {
        using System.Net.Sockets.UdpClient client = new();
        client.Connect(_server.EndPoints[0]);
        DnsMessage query = TestClient.Query(Web, RecordType.A);
        await client.SendAsync(new byte[] { 1, 2, 3 });
        await client.SendAsync(TestClient.Encode(query with { Flags = query.Flags with { IsResponse = true } }));
        await client.SendAsync(TestClient.Encode(query with { Id = 4711 }));

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        DnsMessage reply = TestClient.Parse((await client.ReceiveAsync(patience.Token)).Buffer);
        Assert.Equal(4711, reply.Id);
    }

    [Fact]
    public async Task Random_datagrams_leave_the_server_answering()
    {
        using System.Net.Sockets.UdpClient client = new();
        client.Connect(_server.EndPoints[0]);
        Random random = new(768);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            await client.SendAsync(bytes);
        }

        Assert.Equal(ResponseCode.NoError, (await TestClient.AskTcpAsync(_server.EndPoints[0], Web, RecordType.A)).ResponseCode);
    }

    [Fact]
    public async Task Many_clients_are_answered_at_once()
    {
        DnsMessage[] replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => TestClient.AskUdpAsync(_server.EndPoints[0], Web, RecordType.A)));
        Assert.All(replies, reply => Assert.Single(reply.Sections.Answers));
    }

    [Fact]
    public async Task Ipv6_is_served_beside_ipv4()
    {
        await using DnsServer server = await TestServer.StartAsync(new DnsServerOptions { Listen = [TestServer.AnyPort, new IPEndPoint(IPAddress.IPv6Loopback, 0)] });
        Assert.Equal(2, server.EndPoints.Length);
        foreach (IPEndPoint endPoint in server.EndPoints)
        {
            Assert.Single((await TestClient.AskUdpAsync(endPoint, Web, RecordType.A)).Sections.Answers);
            Assert.Single((await TestClient.AskTcpAsync(endPoint, Web, RecordType.A)).Sections.Answers);
        }
    }

    [Fact]
    public async Task A_stopped_server_gives_its_port_back()
    {
        IPEndPoint endPoint = _server.EndPoints[0];
        await _server.StopAsync();
        await _server.StopAsync();
        Assert.False(_server.IsReady);
        await using DnsServer next = await TestServer.StartAsync(new DnsServerOptions { Listen = [endPoint] });
        Assert.Single((await TestClient.AskUdpAsync(endPoint, Web, RecordType.A)).Sections.Answers);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_that_leaves_nothing_open()
    {
        IPEndPoint free = TestServer.AnyPort;
        DnsServer second = new(
            new DnsServerOptions { Listen = [free, _server.EndPoints[0]], ResolverConfigurationPath = null },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => second.StartAsync(CancellationToken.None));
        Assert.Empty(second.EndPoints);
        await second.DisposeAsync();
    }
}
