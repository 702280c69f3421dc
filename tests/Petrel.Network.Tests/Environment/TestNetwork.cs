using System.Net;
using Petrel.Linux.Netlink;
using Petrel.Network.Pods;

namespace Petrel.Network.Tests.Environment;

/// <summary>
/// A node in a network namespace of its own, with pods on its bridge and a neighbour machine on its uplink. Everything
/// disappears with the namespaces, so the machine's own rules and interfaces are never touched.
/// </summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public static readonly IPNetwork NodePodRange = IPNetwork.Parse("10.244.0.0/24");
    public static readonly IPNetwork PodRange = IPNetwork.Parse("10.244.0.0/16");
    public static readonly IPNetwork ServiceRange = IPNetwork.Parse("10.96.0.0/12");
    public static readonly IPAddress NodeAddress = IPAddress.Parse("192.168.50.1");
    public static readonly IPAddress NeighbourAddress = IPAddress.Parse("192.168.50.2");

    private const string NamePrefix = "petrel-test-";
    private static readonly NetworkTool Host = new(NetworkNamespace.Current);
    private static int s_count;

    private readonly string _prefix = $"{NamePrefix}{System.Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
    private readonly List<string> _names = [];

    private TestNetwork()
    {
    }

    public NetworkNamespace Node { get; private set; } = NetworkNamespace.Current;

    public NetworkNamespace Neighbour { get; private set; } = NetworkNamespace.Current;

    public PodNetworkOptions Pods { get; private set; } = null!;

    public static async Task<TestNetwork> CreateAsync()
    {
        await RemoveLeftoversAsync();
        var network = new TestNetwork();
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The name of a new namespace that is connected to nothing.</summary>
    public async Task<string> AddEmptyPodAsync()
    {
        await AddNamespaceAsync($"pod{_names.Count}");
        return _names[^1];
    }

    /// <summary>A pod on the bridge with this address.</summary>
    public async Task<NetworkNamespace> AddPodAsync(string address)
    {
        int number = _names.Count;
        NetworkNamespace pod = await AddNamespaceAsync($"pod{number}");
        string port = $"veth{number}";
        await IpAsync(Node, $"link add {port} type veth peer name eth0 netns {_names[number]}");
        await IpAsync(Node, $"link set {port} master {Pods.Bridge} up");
        await IpAsync(Node, $"link set {port} type bridge_slave hairpin on");
        await IpAsync(pod, $"addr add {address}/24 dev eth0");
        await IpAsync(pod, "link set eth0 up");
        await IpAsync(pod, "route add default via 10.244.0.1");
        return pod;
    }

    public static Task<string> IpAsync(NetworkNamespace place, string arguments) =>
        new NetworkTool(place).RunCheckedAsync("ip", arguments.Split(' '));

    public async ValueTask DisposeAsync()
    {
        foreach (string name in _names)
        {
            await Host.RunAsync("ip", ["netns", "delete", name]);
        }
    }

    private async Task BuildAsync()
    {
        Node = await AddNamespaceAsync("node");
        Neighbour = await AddNamespaceAsync("neighbour");
        await IpAsync(Node, $"link add uplink type veth peer name eth0 netns {_names[1]}");
        await IpAsync(Node, $"addr add {NodeAddress}/24 dev uplink");
        await IpAsync(Node, "link set uplink up");
        await IpAsync(Neighbour, $"addr add {NeighbourAddress}/24 dev eth0");
        await IpAsync(Neighbour, "link set eth0 up");
        Pods = new PodNetworkOptions
        {
            NodePodRange = NodePodRange,
            PodRanges = [PodRange],
            ServiceRanges = [ServiceRange],
            NetworkNamespace = Node,
            CniConfigurationDirectory = "/nonexistent",
        };
        await KernelSettings.EnableForwardingAsync(Node);
        await new PodBridge(Pods).EnsureAsync(CancellationToken.None);
        KernelSettings.AllowLocalhostNodePorts(Node, Pods.Bridge);
    }

    private async Task<NetworkNamespace> AddNamespaceAsync(string kind)
    {
        string name = $"{_prefix}-{kind}";
        await Host.RunCheckedAsync("ip", ["netns", "add", name]);
        _names.Add(name);
        NetworkNamespace place = NetworkNamespace.At($"/run/netns/{name}");
        await IpAsync(place, "link set lo up");
        return place;
    }

    /// <summary>A test run that was killed could not clean up.</summary>
    private static async Task RemoveLeftoversAsync()
    {
        string listing = await Host.RunCheckedAsync("ip", ["netns", "list"]);
        foreach (string name in listing.Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.StartsWith(NamePrefix, StringComparison.Ordinal)))
        {
            string process = name[NamePrefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{process}"))
            {
                await Host.RunAsync("ip", ["netns", "delete", name]);
            }
        }
    }
}
