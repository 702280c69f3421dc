using System.Collections.Immutable;
using System.Net;
using Petrel.Linux.Netlink;
using Petrel.Network.Services;
using Petrel.Network.Tests.Environment;
using Xunit;
using static Petrel.Network.Tests.Environment.Sample;

namespace Petrel.Network.Tests.Services.Modes;

/// <summary>Real packets through the nftables mode: two pods with servers, a pod with none, the node, a neighbour machine.</summary>
public sealed class NftablesTrafficTests : IAsyncLifetime
{
    private const string ClusterAddress = "10.96.0.10";
    private const string ExternalAddress = "192.168.50.100";
    private const int Port = 80;
    private const int NodePort = 30080;

    private static readonly string NodeAddress = TestNetwork.NodeAddress.ToString();
    private static readonly string NeighbourAddress = TestNetwork.NeighbourAddress.ToString();
    private static readonly ServiceEndpoint EndpointA = Local("10.244.0.11", 8080);
    private static readonly ServiceEndpoint EndpointB = Local("10.244.0.12", 9090);

    private readonly List<TestServer> _servers = [];
    private TestNetwork _network = null!;
    private TestProxy _proxy = null!;
    private NetworkNamespace _podA = null!;
    private NetworkNamespace _podB = null!;
    private NetworkNamespace _client = null!;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.CreateAsync();
        _proxy = TestProxy.On(_network);
        _podA = await _network.AddPodAsync("10.244.0.11");
        _podB = await _network.AddPodAsync("10.244.0.12");
        _client = await _network.AddPodAsync("10.244.0.13");
        _servers.Add(TestServer.Tcp(_podA, 8080, "a"));
        _servers.Add(TestServer.Tcp(_podB, 9090, "b"));
        await TestNetwork.IpAsync(_network.Neighbour, $"route add {ExternalAddress}/32 via {NodeAddress}");
    }

    public async Task DisposeAsync()
    {
        foreach (TestServer server in _servers)
        {
            await server.DisposeAsync();
        }

        await _network.DisposeAsync();
    }

    [RootFact]
    public async Task A_pod_reaches_all_endpoints_of_a_cluster_address_evenly_whatever_their_ports()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA, EndpointB)));

        Dictionary<string, int> answers = await AskManyAsync(_client, ClusterAddress, Port, 100);

        Assert.Equal(["a 10.244.0.13", "b 10.244.0.13"], answers.Keys.Order());
        Assert.All(answers.Values, count => Assert.InRange(count, 25, 75));
    }

    [RootFact]
    public async Task The_node_reaches_a_cluster_address_without_a_default_route()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));

        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Node, ClusterAddress, Port));
    }

    [RootFact]
    public async Task A_pod_reaches_itself_through_its_service()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));

        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_podA, ClusterAddress, Port));
    }

    [RootTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_endpoints_clients_are_refused_at_once(bool isExternal)
    {
        ProxiedPort port = Port(Port) with { NodePort = isExternal ? NodePort : null };
        await _proxy.SetAsync(Service(ClusterAddress, port));

        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_client, ClusterAddress, Port));
        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_network.Node, ClusterAddress, Port));
        if (isExternal)
        {
            Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_network.Neighbour, NodeAddress, NodePort));
        }
    }

    [RootFact]
    public async Task Without_endpoints_datagrams_are_refused_at_once()
    {
        await _proxy.SetAsync(Service(ClusterAddress, UdpPort(53)));
        using var fromPod = TestClient.UdpSocket(_client);
        using var fromNode = TestClient.UdpSocket(_network.Node);

        Assert.Equal(TestClient.Refused, await TestClient.UdpAsync(fromPod, ClusterAddress, 53));
        Assert.Equal(TestClient.Refused, await TestClient.UdpAsync(fromNode, ClusterAddress, 53));
    }

    [RootFact]
    public async Task An_endpoint_on_the_node_itself_is_reached_by_pods_the_node_and_neighbours()
    {
        _servers.Add(TestServer.Tcp(_network.Node, 6443, "node"));
        await _proxy.SetAsync(Service(ClusterAddress, Port(443, Local(NodeAddress, 6443)) with { NodePort = NodePort }));

        Assert.StartsWith("node ", await TestClient.TcpAsync(_client, ClusterAddress, 443), StringComparison.Ordinal);
        Assert.StartsWith("node ", await TestClient.TcpAsync(_network.Node, ClusterAddress, 443), StringComparison.Ordinal);
        Assert.StartsWith("node ", await TestClient.TcpAsync(_network.Neighbour, NodeAddress, NodePort), StringComparison.Ordinal);
        Assert.StartsWith("node ", await TestClient.TcpAsync(_network.Node, "127.0.0.1", NodePort), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_port_that_the_service_does_not_have_is_refused()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));

        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_client, ClusterAddress, 81));
        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_network.Node, ClusterAddress, 81));
    }

    [RootFact]
    public async Task An_address_of_the_service_range_that_no_service_has_is_silent()
    {
        await _proxy.SetAsync();

        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_client, "10.96.77.77", Port));
    }

    [RootFact]
    public async Task An_endpoint_that_terminates_but_serves_is_used_only_when_no_other_is_ready()
    {
        ServiceEndpoint leaving = EndpointA with { IsReady = false, IsServing = true, IsTerminating = true };
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, leaving, EndpointB)));
        Assert.Equal(["b 10.244.0.13"], (await AskManyAsync(_client, ClusterAddress, Port, 20)).Keys);

        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, leaving, EndpointB with { IsReady = false, IsServing = false })));
        Assert.Equal(["a 10.244.0.13"], (await AskManyAsync(_client, ClusterAddress, Port, 20)).Keys);
    }

    [RootFact]
    public async Task A_node_port_answers_on_every_address_of_the_node_and_on_localhost()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA) with { NodePort = NodePort }));

        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Neighbour, NodeAddress, NodePort));
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_client, NodeAddress, NodePort));
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Node, NodeAddress, NodePort));
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Node, "127.0.0.1", NodePort));
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_podA, NodeAddress, NodePort));
    }

    [RootFact]
    public async Task A_neighbour_cannot_use_route_localnet_to_reach_loopback_services()
    {
        await _proxy.SetAsync();
        _servers.Add(TestServer.Tcp(_network.Node, 7070, "loopback"));
        await TestNetwork.IpAsync(_podA, "route add 127.0.0.1/32 via 10.244.0.1 table 5");
        await TestNetwork.IpAsync(_podA, "rule add to 127.0.0.1 table 5 priority 0");
        await TestNetwork.IpAsync(_podA, "rule add table local priority 10");
        await TestNetwork.IpAsync(_podA, "rule delete priority 0 table local");
        Petrel.Network.Pods.KernelSettings.Ensure(_podA, "ipv4/conf/eth0/route_localnet", "1");

        Assert.Equal("loopback 10.244.0.11", await TestClient.TcpAsync(_podA, NodeAddress, 7070));
        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_podA, "127.0.0.1", 7070));
    }

    [RootFact]
    public async Task Node_ports_can_be_limited_to_chosen_addresses()
    {
        _proxy = new TestProxy(TestProxy.Options(_network.Node) with { NodePortAddresses = [IPNetwork.Parse("192.168.0.0/16")] });
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA) with { NodePort = NodePort }));

        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Neighbour, NodeAddress, NodePort));
        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_network.Node, "127.0.0.1", NodePort));
    }

    [RootFact]
    public async Task External_policy_local_keeps_the_clients_address_and_the_nodes_own_endpoints()
    {
        ProxiedPort port = Port(Port, EndpointA, Remote("10.244.7.7", 8080)) with { NodePort = NodePort };
        await _proxy.SetAsync(Service(ClusterAddress, port) with
        {
            IsExternalTrafficLocal = true,
            ExternalAddresses = [IPAddress.Parse(ExternalAddress)],
        });
        await TestNetwork.IpAsync(_network.Node, "route add 10.244.0.0/16 via 192.168.50.2");

        // Half of these would go to the endpoint that is not there.
        Assert.Equal([$"a {NeighbourAddress}"], (await AskManyAsync(_network.Neighbour, NodeAddress, NodePort, 10)).Keys);
        Assert.Equal([$"a {NeighbourAddress}"], (await AskManyAsync(_network.Neighbour, ExternalAddress, Port, 10)).Keys);
    }

    [RootFact]
    public async Task External_policy_local_without_local_endpoints_is_silent_outside_and_works_for_pods_and_the_node()
    {
        ProxiedPort port = Port(Port, EndpointA with { IsLocal = false }) with { NodePort = NodePort };
        await _proxy.SetAsync(Service(ClusterAddress, port) with
        {
            IsExternalTrafficLocal = true,
            LoadBalancerAddresses = [IPAddress.Parse(ExternalAddress)],
        });
        await TestNetwork.IpAsync(_network.Node, $"route add {ExternalAddress}/32 dev uplink");

        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_network.Neighbour, NodeAddress, NodePort));
        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_network.Neighbour, ExternalAddress, Port));
        Assert.Equal("a 10.244.0.13", await TestClient.TcpAsync(_client, ExternalAddress, Port));
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Node, ExternalAddress, Port));
    }

    [RootFact]
    public async Task Internal_policy_local_uses_the_nodes_own_endpoints_or_drops()
    {
        ProxiedService service = Service(ClusterAddress, Port(Port, EndpointA, EndpointB with { IsLocal = false })) with
        {
            IsInternalTrafficLocal = true,
        };
        await _proxy.SetAsync(service);
        Assert.Equal(["a 10.244.0.13"], (await AskManyAsync(_client, ClusterAddress, Port, 10)).Keys);

        await _proxy.SetAsync(service with { Ports = [Port(Port, EndpointB with { IsLocal = false })] });
        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_client, ClusterAddress, Port));
    }

    [RootFact]
    public async Task Load_balancer_source_ranges_keep_others_out()
    {
        ProxiedService service = Service(ClusterAddress, Port(Port, EndpointA)) with
        {
            LoadBalancerAddresses = [IPAddress.Parse(ExternalAddress)],
            LoadBalancerSourceRanges = [IPNetwork.Parse("203.0.113.0/24")],
        };
        await _proxy.SetAsync(service);
        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_network.Neighbour, ExternalAddress, Port));

        await _proxy.SetAsync(service with { LoadBalancerSourceRanges = [IPNetwork.Parse("192.168.50.0/24")] });
        Assert.Equal("a 10.244.0.1", await TestClient.TcpAsync(_network.Neighbour, ExternalAddress, Port));
    }

    [RootFact]
    public async Task Client_affinity_keeps_a_client_on_its_endpoint_until_it_has_been_idle_for_the_timeout()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA, EndpointB)) with { ClientAffinity = TimeSpan.FromSeconds(1) });

        Dictionary<string, int> answers = await AskManyAsync(_client, ClusterAddress, Port, 30);
        Assert.Single(answers);

        // Each round asks once after the set is seen empty; ten rounds on one endpoint have a chance of one in a thousand.
        HashSet<string> seen = [];
        for (int round = 0; round < 10 && seen.Count < 2; round++)
        {
            await NoClientIsRememberedAsync();
            seen.Add(await TestClient.TcpAsync(_client, ClusterAddress, Port));
        }

        Assert.Equal(2, seen.Count);
    }

    [RootFact]
    public async Task Client_affinity_survives_changes_of_other_endpoints_and_holds_on_node_ports()
    {
        ProxiedService service = Service(ClusterAddress, Port(Port, EndpointA, EndpointB) with { NodePort = NodePort }) with
        {
            ClientAffinity = TimeSpan.FromHours(3),
        };
        await _proxy.SetAsync(service);
        string first = await TestClient.TcpAsync(_network.Neighbour, NodeAddress, NodePort);

        await _proxy.SetAsync(service with
        {
            Ports = [Port(Port, EndpointA, EndpointB, Remote("10.244.0.99", 1)) with { NodePort = NodePort }],
        });

        Assert.Equal([first], (await AskManyAsync(_network.Neighbour, NodeAddress, NodePort, 20)).Keys);
    }

    [RootFact]
    public async Task A_datagram_flow_moves_to_another_endpoint_when_its_own_vanishes()
    {
        _servers.Add(TestServer.Udp(_podA, 53, "a"));
        _servers.Add(TestServer.Udp(_podB, 53, "b"));
        await _proxy.SetAsync(Service(ClusterAddress, UdpPort(53, Local("10.244.0.11", 53))));
        using var socket = TestClient.UdpSocket(_client);
        Assert.Equal("a 10.244.0.13", await TestClient.UdpAsync(socket, ClusterAddress, 53));

        await _proxy.SetAsync(Service(ClusterAddress, UdpPort(53, Local("10.244.0.12", 53))));

        Assert.Equal("b 10.244.0.13", await TestClient.UdpAsync(socket, ClusterAddress, 53));
    }

    [RootFact]
    public async Task A_restarted_proxy_takes_over_without_breaking_connections_and_moves_stale_datagram_flows()
    {
        _servers.Add(TestServer.Udp(_podA, 53, "a"));
        _servers.Add(TestServer.Udp(_podB, 53, "b"));
        ProxiedService service = Service(ClusterAddress, UdpPort(53, Local("10.244.0.11", 53)), Port(Port, EndpointA));
        await _proxy.SetAsync(service);
        using var socket = TestClient.UdpSocket(_client);
        Assert.Equal("a 10.244.0.13", await TestClient.UdpAsync(socket, ClusterAddress, 53));

        TestProxy restarted = TestProxy.On(_network);
        await restarted.SetAsync(service with { Ports = [UdpPort(53, Local("10.244.0.12", 53)), Port(Port, EndpointA)] });

        Assert.Equal("b 10.244.0.13", await TestClient.UdpAsync(socket, ClusterAddress, 53));
        Assert.Equal("a 10.244.0.13", await TestClient.TcpAsync(_client, ClusterAddress, Port));
    }

    [RootFact]
    public async Task A_removed_service_is_gone_and_its_address_can_be_used_again()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));
        await _proxy.RemoveAsync(new ServiceName("default", "web"));
        Assert.Equal(TestClient.Silent, await TestClient.TcpOrSilentAsync(_client, ClusterAddress, Port));

        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointB)) with { Name = new ServiceName("other", "web") });
        Assert.Equal("b 10.244.0.13", await TestClient.TcpAsync(_client, ClusterAddress, Port));
    }

    [RootFact]
    public async Task Rules_that_somebody_removed_come_back()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));
        Assert.True(await _proxy.VerifyAsync());
        await new NetworkTool(_network.Node).RunCheckedAsync("nft", ["flush", "ruleset"]);
        Assert.False(await _proxy.VerifyAsync());

        await _proxy.SyncAsync(_proxy.Snapshot, ImmutableHashSet<ServiceName>.Empty);

        Assert.Equal("a 10.244.0.13", await TestClient.TcpAsync(_client, ClusterAddress, Port));
    }

    [RootFact]
    public async Task A_change_that_meets_a_foreign_table_replaces_it()
    {
        await _proxy.SetAsync(Service(ClusterAddress, Port(Port, EndpointA)));
        await new NetworkTool(_network.Node).RunCheckedAsync("nft", ["flush", "ruleset"]);

        await _proxy.SetAsync(Service("10.96.0.11", Port(Port, EndpointB)) with { Name = new ServiceName("default", "second") });

        Assert.Equal("a 10.244.0.13", await TestClient.TcpAsync(_client, ClusterAddress, Port));
        Assert.Equal("b 10.244.0.13", await TestClient.TcpAsync(_client, "10.96.0.11", Port));
    }

    private static async Task<Dictionary<string, int>> AskManyAsync(NetworkNamespace place, string address, int port, int count)
    {
        Dictionary<string, int> answers = [];
        for (int asked = 0; asked < count; asked++)
        {
            string answer = await TestClient.TcpAsync(place, address, port);
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
        }

        return answers;
    }

    private async Task NoClientIsRememberedAsync()
    {
        var tool = new NetworkTool(_network.Node);
        string listing;
        do
        {
            listing = await tool.RunCheckedAsync("nft", ["list", "sets"]);
        }
        while (listing.Contains("10.244.0.13 timeout", StringComparison.Ordinal));
    }
}
