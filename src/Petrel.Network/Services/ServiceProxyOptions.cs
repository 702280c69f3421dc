using System.Collections.Immutable;
using System.Net;
using Petrel.Linux.Netlink;

namespace Petrel.Network.Services;

/// <summary>How one node's service proxy is set up.</summary>
public sealed record ServiceProxyOptions
{
    /// <summary>The proxy mode (kube-proxy --proxy-mode); empty means the default.</summary>
    public string Mode { get; init; } = string.Empty;

    /// <summary>The name of the node's Node object: endpoints with this nodeName are local.</summary>
    public required string NodeName { get; init; }

    /// <summary>Distinguishes the tables of several nodes or clusters that share a network namespace.</summary>
    public string InstanceName { get; init; } = InstanceNames.Default;

    public NetworkNamespace NetworkNamespace { get; init; } = NetworkNamespace.Current;

    /// <summary>The cluster's pod ranges (--cluster-cidr). Clients of cluster addresses outside of them are masqueraded.</summary>
    public ImmutableArray<IPNetwork> PodRanges { get; init; } = [];

    /// <summary>The cluster's service ranges: packets to addresses in them that no service has are dropped.</summary>
    public ImmutableArray<IPNetwork> ServiceRanges { get; init; } = [];

    /// <summary>
    /// Destinations whose node ports are served (--nodeport-addresses); empty means every address of the node, 127.0.0.1
    /// included where <see cref="Pods.KernelSettings"/> allowed it.
    /// </summary>
    public ImmutableArray<IPNetwork> NodePortAddresses { get; init; } = [];

    /// <summary>The node's own addresses: a load balancer's source ranges that hold one let the node itself through.</summary>
    public ImmutableArray<IPAddress> NodeAddresses { get; init; } = [];

    /// <summary>The node's topology.kubernetes.io/zone, or null when it has none.</summary>
    public string? Zone { get; init; }

    /// <summary>The bit of the packet mark that asks for masquerade (--masquerade-bit), 0 to 31.</summary>
    public int MasqueradeBit { get; init; } = 14;

    /// <summary>How long changes gather before they are applied together: short enough that nobody waits for it.</summary>
    public TimeSpan CoalesceTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often the proxy makes sure that nobody else removed its rules.</summary>
    public TimeSpan VerifyInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after a failed attempt to apply rules.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);
}
