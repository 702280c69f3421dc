using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Plugins;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Plugins;

/// <summary>Forwarding between real servers on the loopback address.</summary>
public sealed class ForwardPluginTests
{
    private static readonly ResourceRecord Right = RecordData.Address(DnsName.Parse("www.example.com"), 60, IPAddress.Parse("192.0.2.1"));
    private static readonly ResourceRecord Wrong = RecordData.Address(DnsName.Parse("www.example.com"), 60, IPAddress.Parse("192.0.2.66"));

    [Fact]
    public async Task Another_domain_is_asked_of_the_upstream()
    {
        await using DnsServer upstream = await TestServer.StartAsync(new DnsServerOptions { Domain = "other.test" });
        await using DnsServer server = await StartAsync(upstream.EndPoints[0]);

        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "Web.default.svc.other.test", RecordType.A);
        Assert.Equal(["Web.default.svc.other.test. 30 A 10.96.0.20"], reply.Sections.Answers.Select(RecordText.Format));

        DnsMessage denial = await TestClient.AskUdpAsync(server.EndPoints[0], "no.default.svc.other.test", RecordType.A);
        Assert.Equal(ResponseCode.NameError, denial.ResponseCode);
        Assert.Equal(RecordType.Soa, Assert.Single(denial.Sections.Authority).Type);
    }

    [Fact]
    public async Task An_alias_to_another_domain_comes_with_its_targets_address()
    {
        await using DnsServer upstream = await TestServer.StartAsync(new DnsServerOptions { Domain = "other.test" });
        await using DnsServer server = await StartAsync(upstream.EndPoints[0]);
        server.Records.SetService(TestCluster.Alias("outside", "web.default.svc.other.test"));

        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "outside.default.svc.cluster.local", RecordType.A);
        Assert.Equal(
            ["outside.default.svc.cluster.local. 30 CNAME web.default.svc.other.test.", "web.default.svc.other.test. 30 A 10.96.0.20"],
            reply.Sections.Answers.Select(RecordText.Format));
    }

    [Fact]
    public async Task An_alias_is_given_even_when_its_target_cannot_be_resolved()
    {
        await using StubUpstream silent = new(_ => []);
        await using DnsServer server = await StartAsync(silent.EndPoint);
        server.Records.SetService(TestCluster.Alias("outside", "www.example.com"));

        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "outside.default.svc.cluster.local", RecordType.A);
        Assert.Equal(ResponseCode.NoError, reply.ResponseCode);
        Assert.Equal(["outside.default.svc.cluster.local. 30 CNAME www.example.com."], reply.Sections.Answers.Select(RecordText.Format));
    }

    [Fact]
    public async Task Reverse_names_of_other_addresses_are_asked_of_the_upstream()
    {
        DnsName name = DnsName.Parse("1.2.0.192.in-addr.arpa");
        await using StubUpstream upstream = new(request => [StubUpstream.Reply(request, RecordData.Ptr(name, 60, DnsName.Parse("www.example.com")))]);
        await using DnsServer server = await StartAsync(upstream.EndPoint);
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], name.ToString(), RecordType.Ptr);
        Assert.Equal("1.2.0.192.in-addr.arpa. 30 PTR www.example.com.", RecordText.Format(Assert.Single(reply.Sections.Answers)));
    }

    [Fact]
    public async Task A_silent_upstream_costs_a_servfail_within_the_deadline()
    {
        await using StubUpstream silent = new(_ => []);
        await using DnsServer server = await StartAsync(silent.EndPoint);
        long start = Stopwatch.GetTimestamp();
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A);
        Assert.Equal(ResponseCode.ServerFailure, reply.ResponseCode);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));

        // A failure of ours is not cached: the next query tries again.
        int asked = silent.Asked;
        await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A);
        Assert.True(silent.Asked > asked);
    }

    [Fact]
    public async Task A_closed_port_costs_a_servfail_at_once()
    {
        IPEndPoint closed;
        using (Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            socket.Bind(TestServer.AnyPort);
            closed = (IPEndPoint)socket.LocalEndPoint!;
        }

        await using DnsServer server = await StartAsync(closed);
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A);
        Assert.Equal(ResponseCode.ServerFailure, reply.ResponseCode);
    }

    [Fact]
    public async Task A_dead_upstream_is_soon_left_out()
    {
        await using StubUpstream silent = new(_ => []);
        await using StubUpstream alive = new(request => [StubUpstream.Reply(request, Right)]);
        await using DnsServer server = await StartAsync(silent.EndPoint, alive.EndPoint);
        await WaitUntilAsync(async i =>
        {
            // Every query is answered, whichever upstream is tried first; probes then find the silent one dead.
            DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], $"n{i}.example.com", RecordType.A);
            Assert.Equal(ResponseCode.NoError, reply.ResponseCode);
            return silent.Asked > 3;
        });
    }

    [Fact]
    public async Task An_upstream_that_comes_back_is_used_again()
    {
        bool isAlive = false;
        await using StubUpstream upstream = new(request => isAlive ? [StubUpstream.Reply(request, Right)] : []);
        await using DnsServer server = await StartAsync(upstream.EndPoint);
        Assert.Equal(ResponseCode.ServerFailure, (await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A)).ResponseCode);
        isAlive = true;
        Assert.Equal(ResponseCode.NoError, (await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A)).ResponseCode);
    }

    [Fact]
    public async Task A_truncated_answer_is_fetched_over_tcp()
    {
        await using StubUpstream upstream = new(
            request => [StubUpstream.Reply(request) with { Flags = new MessageFlags { IsResponse = true, Truncated = true } }],
            request => StubUpstream.Reply(request, Right));
        await using DnsServer server = await StartAsync(upstream.EndPoint);
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A);
        Assert.False(reply.Flags.Truncated);
        Assert.Equal(Right with { TimeToLiveSeconds = 30 }, Assert.Single(reply.Sections.Answers));
    }

    [Fact]
    public async Task Replies_to_other_questions_are_ignored()
    {
        await using StubUpstream upstream = new(request =>
        [
            StubUpstream.Reply(request, Wrong) with { Id = (ushort)(request.Id + 1) },
            StubUpstream.Reply(request, Wrong) with { Question = new DnsQuestion(DnsName.Parse("evil.example"), RecordType.A) },
            request with { Sections = new MessageSections { Answers = [Wrong] } },
            StubUpstream.Reply(request, Right),
        ]);
        await using DnsServer server = await StartAsync(upstream.EndPoint);
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A);
        Assert.Equal(Right.Data.ToArray(), Assert.Single(reply.Sections.Answers).Data.ToArray());
    }

    [Fact]
    public async Task Only_so_many_queries_wait_at_a_time()
    {
        await using StubUpstream silent = new(_ => []);
        await using DnsServer server = await StartAsync([silent.EndPoint], options => options with { ConcurrentMax = 2 });
        DnsMessage[] replies = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => TestClient.AskUdpAsync(server.EndPoints[0], $"n{i}.example.com", RecordType.A)));

        // The server's own question whether it forwards to itself may take one of the two places.
        int waited = replies.Count(reply => reply.ResponseCode == ResponseCode.ServerFailure);
        Assert.InRange(waited, 1, 2);
        Assert.Equal(6 - waited, replies.Count(reply => reply.ResponseCode == ResponseCode.Refused));
    }

    [Fact]
    public async Task The_wishes_of_the_client_are_passed_on()
    {
        DnsMessage? seen = null;
        await using StubUpstream upstream = new(request =>
        {
            seen = request.Question!.Value.Type == RecordType.A ? request : seen;
            return [StubUpstream.Reply(request, Right)];
        });
        await using DnsServer server = await StartAsync(upstream.EndPoint);
        DnsMessage query = TestClient.Query("www.example.com", RecordType.A, new Edns(4096, DnssecOk: true));
        query = query with { Flags = query.Flags with { CheckingDisabled = true } };
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], query);

        Assert.True(reply.Flags.RecursionAvailable);
        Assert.True(seen!.Edns!.Value.DnssecOk);
        Assert.Equal(1232, seen.Edns.Value.UdpPayloadBytes);
        Assert.True(seen.Flags is { RecursionDesired: true, CheckingDisabled: true });
    }

    [Fact]
    public async Task Upstreams_that_lead_back_here_are_no_longer_asked()
    {
        using Petrel.Dns.Listening.ListenSockets sockets = Petrel.Dns.Listening.ListenSockets.Open(TestServer.AnyPort);
        await using DnsServer server = await TestServer.StartAsync(new DnsServerOptions
        {
            Sockets = [sockets],
            Forward = new ForwardPluginOptions { Upstreams = [(IPEndPoint)sockets.Udp.LocalEndPoint!] },
        });

        // Until the loop is noticed, a query goes round until too many wait, and is refused.
        await WaitUntilAsync(async _ =>
            (await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", RecordType.A)).ResponseCode == ResponseCode.ServerFailure);
        Assert.Equal(ResponseCode.NoError, (await TestClient.AskUdpAsync(server.EndPoints[0], "web.default.svc.cluster.local", RecordType.A)).ResponseCode);
    }

    private static Task<DnsServer> StartAsync(params ImmutableArray<IPEndPoint> upstreams) => StartAsync(upstreams, options => options);

    private static Task<DnsServer> StartAsync(ImmutableArray<IPEndPoint> upstreams, Func<ForwardPluginOptions, ForwardPluginOptions> change) =>
        TestServer.StartAsync(new DnsServerOptions
        {
            Forward = change(new ForwardPluginOptions
            {
                Upstreams = upstreams,
                ReadTimeout = TimeSpan.FromMilliseconds(300),
                Deadline = TimeSpan.FromMilliseconds(800),
                ProbeInterval = TimeSpan.FromMilliseconds(50),
            }),
        });

    private static async Task WaitUntilAsync(Func<int, Task<bool>> condition)
    {
        for (int i = 0; i < 200; i++)
        {
            if (await condition(i))
            {
                return;
            }
        }

        Assert.Fail("The condition did not come true.");
    }
}
