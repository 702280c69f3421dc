using System.Net;
using System.Text.Json.Nodes;
using Petrel.Linux.Netlink;
using Petrel.Linux.Nftables;
using Petrel.Linux.Processes;
using Petrel.Network.Pods;
using Petrel.Network.Tests.Environment;
using Xunit;

namespace Petrel.Network.Tests.Pods;

/// <summary>A prepared node, with pods that the real CNI plugins connect by the configuration written for them.</summary>
public sealed class PodNetworkTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-cni-").FullName;
    private TestNetwork _network = null!;
    private PodNetworkOptions _options = null!;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.CreateAsync();
        _options = _network.Pods with
        {
            CniConfigurationDirectory = Path.Combine(_directory, "net.d"),
            AddressDirectory = Path.Combine(_directory, "addresses"),
        };
    }

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [RootFact]
    public async Task A_pod_that_the_plugins_connect_reaches_the_outside_under_the_nodes_address_and_pods_under_its_own()
    {
        await new PodNetwork(_options).PrepareAsync();
        CniPod first = await CniPod.AddAsync(_network, _options, []);
        CniPod second = await CniPod.AddAsync(_network, _options, []);
        await using TestServer outside = TestServer.Tcp(_network.Neighbour, 80, "outside");
        await using TestServer inside = TestServer.Tcp(second.Place, 80, "inside");

        Assert.Equal("10.244.0.2", first.Address);
        Assert.Equal("10.244.0.3", second.Address);
        Assert.Equal($"outside {TestNetwork.NodeAddress}", await TestClient.TcpAsync(first.Place, TestNetwork.NeighbourAddress.ToString(), 80));
        Assert.Equal("inside 10.244.0.2", await TestClient.TcpAsync(first.Place, second.Address, 80));
    }

    [RootFact]
    public async Task A_host_port_of_a_pod_answers_on_the_nodes_address_until_the_pod_is_removed()
    {
        await new PodNetwork(_options).PrepareAsync();
        CniPod pod = await CniPod.AddAsync(_network, _options, [new JsonObject { ["hostPort"] = 8088, ["containerPort"] = 80, ["protocol"] = "tcp" }]);
        await using TestServer server = TestServer.Tcp(pod.Place, 80, "pod");
        Assert.StartsWith("pod ", await TestClient.TcpAsync(_network.Neighbour, TestNetwork.NodeAddress.ToString(), 8088), StringComparison.Ordinal);

        await pod.RemoveAsync();

        Assert.Equal(TestClient.Refused, await TestClient.TcpAsync(_network.Neighbour, TestNetwork.NodeAddress.ToString(), 8088));
    }

    [RootFact]
    public async Task A_node_without_pods_or_default_route_reaches_a_service_of_its_own()
    {
        await new PodNetwork(_options).PrepareAsync();
        await using TestServer server = TestServer.Tcp(_network.Node, 6443, "node");
        await TestProxy.On(_network).SetAsync(
            Sample.Service("10.96.0.1", Sample.Port(443, Sample.Local(TestNetwork.NodeAddress.ToString(), 6443))));

        Assert.StartsWith("node ", await TestClient.TcpAsync(_network.Node, "10.96.0.1", 443), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Preparing_again_changes_nothing_and_keeps_the_bridges_hardware_address()
    {
        await new PodNetwork(_options).PrepareAsync();
        string before = await TestNetwork.IpAsync(_network.Node, $"-o link show {_options.Bridge}");
        DateTime written = File.GetLastWriteTimeUtc(CniConfiguration.FilePath(_options));
        CniPod pod = await CniPod.AddAsync(_network, _options, []);

        await new PodNetwork(_options).PrepareAsync();

        string after = await TestNetwork.IpAsync(_network.Node, $"-o link show {_options.Bridge}");
        Assert.Equal(HardwareAddress(before), HardwareAddress(after));
        Assert.Equal("0a:58:0a:f4:00:01", HardwareAddress(after));
        Assert.Equal(written, File.GetLastWriteTimeUtc(CniConfiguration.FilePath(_options)));
        await using TestServer server = TestServer.Tcp(pod.Place, 80, "pod");
        Assert.Equal("pod 10.244.0.1", await TestClient.TcpAsync(_network.Node, pod.Address, 80));
    }

    [RootFact]
    public async Task A_node_that_gets_another_range_moves_its_bridge_there()
    {
        await new PodNetwork(_options).PrepareAsync();

        await new PodNetwork(_options with { NodePodRange = IPNetwork.Parse("10.244.9.0/24") }).PrepareAsync();

        string addresses = await TestNetwork.IpAsync(_network.Node, $"-o -4 addr show dev {_options.Bridge}");
        Assert.Contains("10.244.9.1/24", addresses, StringComparison.Ordinal);
        Assert.DoesNotContain("10.244.0.1/24", addresses, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Removing_the_network_leaves_no_bridge_no_table_and_no_configuration()
    {
        await new PodNetwork(_options).PrepareAsync();

        await new PodNetwork(_options).RemoveAsync();
        await new PodNetwork(_options).RemoveAsync();

        Assert.False((await new NetworkTool(_network.Node).RunAsync("ip", ["link", "show", _options.Bridge])).Succeeded);
        Assert.Null(await new Nft(_network.Node).ListTableAsync(new NftTable("ip", InstanceNames.PodTable(InstanceNames.Default))));
        Assert.Empty(Directory.GetFiles(_options.CniConfigurationDirectory));
    }

    [RootFact]
    public async Task A_bridge_name_that_the_kernel_would_refuse_is_refused_with_a_reason()
    {
        PodNetworkException exception = await Assert.ThrowsAsync<PodNetworkException>(
            () => new PodNetwork(_options with { BridgeName = "much-too-long-a-name" }).PrepareAsync());

        Assert.Contains("15 characters", exception.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_kernel_setting_is_written_only_when_it_differs_and_names_itself_when_it_cannot_be()
    {
        Assert.True(KernelSettings.Ensure(_network.Node, "ipv4/conf/uplink/rp_filter", "2"));
        Assert.False(KernelSettings.Ensure(_network.Node, "ipv4/conf/uplink/rp_filter", "2"));
        PodNetworkException exception = Assert.Throws<PodNetworkException>(
            () => KernelSettings.Ensure(_network.Node, "ipv4/conf/nowhere/rp_filter", "2"));
        Assert.Contains("/proc/sys/net/ipv4/conf/nowhere/rp_filter", exception.Message, StringComparison.Ordinal);
    }

    private static string HardwareAddress(string link) => link.Split("link/ether ")[1].Split(' ')[0];

    /// <summary>A namespace connected by running the configured plugins as a container runtime does (CNI specification, section 3).</summary>
    private sealed class CniPod(TestNetwork network, PodNetworkOptions options, string name, JsonArray ports)
    {
        private JsonNode _result = new JsonObject();

        public NetworkNamespace Place { get; } = NetworkNamespace.At($"/run/netns/{name}");

        public string Address => _result["ips"]![0]!["address"]!.GetValue<string>().Split('/')[0];

        public static async Task<CniPod> AddAsync(TestNetwork network, PodNetworkOptions options, JsonArray ports)
        {
            var pod = new CniPod(network, options, await network.AddEmptyPodAsync(), ports);
            foreach (JsonObject plugin in pod.Plugins())
            {
                pod._result = JsonNode.Parse(await pod.RunAsync("ADD", plugin))!;
            }

            return pod;
        }

        public async Task RemoveAsync()
        {
            foreach (JsonObject plugin in Plugins().Reverse())
            {
                await RunAsync("DEL", plugin);
            }
        }

        private IEnumerable<JsonObject> Plugins()
        {
            JsonNode list = JsonNode.Parse(File.ReadAllText(CniConfiguration.FilePath(options)))!;
            foreach (JsonNode? entry in list["plugins"]!.AsArray())
            {
                JsonObject plugin = entry!.DeepClone().AsObject();
                plugin["cniVersion"] = list["cniVersion"]!.DeepClone();
                plugin["name"] = list["name"]!.DeepClone();
                if (plugin["capabilities"]?["portMappings"] is not null)
                {
                    plugin["runtimeConfig"] = new JsonObject { ["portMappings"] = ports.DeepClone() };
                }

                yield return plugin;
            }
        }

        private async Task<string> RunAsync(string verb, JsonObject plugin)
        {
            if (_result["ips"] is not null)
            {
                plugin["prevResult"] = _result.DeepClone();
            }

            string program = Path.Combine(CniPlugins.Find(), plugin["type"]!.GetValue<string>());
            string[] environment =
            [
                $"CNI_COMMAND={verb}", $"CNI_CONTAINERID={name}", $"CNI_NETNS={Place.Path}", "CNI_IFNAME=eth0",
                $"CNI_PATH={CniPlugins.Find()}",
            ];
            CommandResult result = await new NetworkTool(network.Node).RunAsync("env", [.. environment, program], plugin.ToJsonString());
            return result.EnsureSuccess().Output;
        }
    }
}
