using System.Net;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Kubernetes;

/// <summary>Changes of the cluster, seen through a server's answers.</summary>
public sealed class ClusterIndexTests : IAsyncLifetime
{
    private static readonly PortRecord Http = new("http", "TCP", 80);
    private DnsServer _server = null!;

    private ClusterIndex Records => _server.Records;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_service_comes_changes_and_goes()
    {
        Records.SetService(TestCluster.ClusterService("new", "10.96.1.1", Http));
        Assert.Equal(["10.96.1.1"], await AddressesAsync("new.default"));
        Assert.Equal(["new.default.svc.cluster.local."], await NamesAsync("1.1.96.10"));

        Records.SetService(TestCluster.ClusterService("new", "10.96.1.2", Http));
        Assert.Equal(["10.96.1.2"], await AddressesAsync("new.default"));
        Assert.Empty(await NamesAsync("1.1.96.10"));

        Records.RemoveService("default", "new");
        Assert.Equal(ResponseCode.NameError, (await AskAsync("new.default.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Empty(await NamesAsync("2.1.96.10"));
    }

    [Fact]
    public async Task An_endpoint_goes_and_others_stay()
    {
        Records.SetEndpointSlice(TestCluster.Slice("db-1", "db", [Http], TestCluster.Endpoint("10.244.0.10", "db-0")));
        Assert.Equal(["10.244.0.10"], await AddressesAsync("db.default"));
        Assert.Equal(ResponseCode.NameError, (await AskAsync("db-1.db.default.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Empty(await NamesAsync("11.0.244.10"));
        Assert.Equal(["db-0.db.default.svc.cluster.local."], await NamesAsync("10.0.244.10"));
    }

    [Fact]
    public async Task An_address_in_two_slices_survives_one()
    {
        Records.SetEndpointSlice(TestCluster.Slice("db-3", "db", [Http], TestCluster.Endpoint("10.244.0.12")));
        Assert.Equal(["10.244.0.10", "10.244.0.11", "10.244.0.12"], await AddressesAsync("db.default"));
        Records.RemoveEndpointSlice("default", "db-3");
        Assert.Equal(["10.244.0.10", "10.244.0.11", "10.244.0.12"], await AddressesAsync("db.default"));
        Assert.Equal(["10-244-0-12.db.default.svc.cluster.local."], await NamesAsync("12.0.244.10"));
    }

    [Fact]
    public async Task The_last_endpoint_takes_the_headless_name_along()
    {
        Records.RemoveEndpointSlice("default", "db-1");
        Records.RemoveEndpointSlice("default", "db-2");
        Records.RemoveEndpointSlice("default", "db-2");
        Assert.Equal(ResponseCode.NameError, (await AskAsync("db.default.svc.cluster.local", RecordType.A)).ResponseCode);
    }

    [Fact]
    public async Task A_pod_of_two_services_has_two_names()
    {
        Records.SetEndpointSlice(TestCluster.Slice("web-2", "web", [Http], TestCluster.Endpoint("10.244.0.10")));
        Assert.Equal(
            ["10-244-0-10.web.default.svc.cluster.local.", "db-0.db.default.svc.cluster.local."],
            await NamesAsync("10.0.244.10"));
    }

    [Fact]
    public async Task A_slice_that_moves_to_another_service_leaves_the_first()
    {
        Records.SetEndpointSlice(TestCluster.Slice("db-2", "portless", [], TestCluster.Endpoint("10.244.0.31")));
        Assert.Equal(["10.244.0.30", "10.244.0.31"], await AddressesAsync("portless.default"));
        Assert.Empty((await AskAsync("db.default.svc.cluster.local", RecordType.Aaaa)).Sections.Answers);
    }

    [Fact]
    public async Task A_slice_may_come_before_its_service()
    {
        Records.SetEndpointSlice(TestCluster.Slice("early-1", "early", [Http], TestCluster.Endpoint("10.244.0.40")));
        Assert.Equal(ResponseCode.NameError, (await AskAsync("early.default.svc.cluster.local", RecordType.A)).ResponseCode);
        Records.SetService(TestCluster.Headless("early", Http));
        Assert.Equal(["10.244.0.40"], await AddressesAsync("early.default"));
    }

    [Fact]
    public async Task A_cluster_address_may_pass_from_one_service_to_another_in_any_order()
    {
        Records.SetService(TestCluster.ClusterService("heir", "10.96.0.20", Http));
        Records.RemoveService("default", "web");
        Assert.Equal(["heir.default.svc.cluster.local."], await NamesAsync("20.0.96.10"));
    }

    [Fact]
    public async Task A_namespace_comes_and_goes()
    {
        Records.SetNamespace("fresh");
        Assert.Equal(ResponseCode.NoError, (await AskAsync("fresh.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Equal(ResponseCode.NoError, (await AskAsync("10-1-2-3.fresh.pod.cluster.local", RecordType.A)).ResponseCode);
        Records.RemoveNamespace("fresh");
        Assert.Equal(ResponseCode.NameError, (await AskAsync("fresh.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Equal(ResponseCode.NameError, (await AskAsync("10-1-2-3.fresh.pod.cluster.local", RecordType.A)).ResponseCode);
    }

    [Fact]
    public async Task Before_the_first_lists_are_in_nothing_is_denied()
    {
        await using DnsServer server = await TestServer.StartEmptyAsync();
        IPEndPoint endPoint = server.EndPoints[0];

        Assert.False(server.IsReady);
        Assert.Equal(ResponseCode.ServerFailure, (await TestClient.AskUdpAsync(endPoint, "web.default.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Equal(ResponseCode.ServerFailure, (await TestClient.AskUdpAsync(endPoint, "20.0.96.10.in-addr.arpa", RecordType.Ptr)).ResponseCode);

        TestCluster.Fill(server.Records);
        Assert.True(server.IsReady);
        Assert.Equal(ResponseCode.NoError, (await TestClient.AskUdpAsync(endPoint, "web.default.svc.cluster.local", RecordType.A)).ResponseCode);
        Assert.Equal(ResponseCode.NoError, (await TestClient.AskUdpAsync(endPoint, "20.0.96.10.in-addr.arpa", RecordType.Ptr)).ResponseCode);
    }

    [Fact]
    public async Task The_zones_name_server_is_the_service_that_leads_here()
    {
        await using DnsServer server = await TestServer.StartAsync(new DnsServerOptions { ServerAddresses = [IPAddress.Parse("10.96.0.10")] });
        server.Records.SetService(TestCluster.ClusterService("kube-dns", "10.96.0.10", new PortRecord("dns", "UDP", 53)));
        DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "cluster.local", RecordType.NS);
        Assert.Equal(["cluster.local. 30 NS kube-dns.default.svc.cluster.local."], reply.Sections.Answers.Select(RecordText.Format));
        Assert.Equal(["kube-dns.default.svc.cluster.local. 30 A 10.96.0.10"], reply.Sections.Additional.Select(RecordText.Format));
    }

    private Task<DnsMessage> AskAsync(string name, RecordType type) => TestClient.AskUdpAsync(_server.EndPoints[0], name, type);

    private async Task<IEnumerable<string>> AddressesAsync(string service)
    {
        DnsMessage reply = await AskAsync($"{service}.svc.cluster.local", RecordType.A);
        return reply.Sections.Answers.Select(record => new IPAddress(record.Data.Span).ToString()).Order(StringComparer.Ordinal);
    }

    private async Task<IEnumerable<string>> NamesAsync(string reversed)
    {
        DnsMessage reply = await AskAsync($"{reversed}.in-addr.arpa", RecordType.Ptr);
        return reply.Sections.Answers.Select(record => RecordText.Format(record).Split(' ')[^1]).Order(StringComparer.Ordinal);
    }
}
