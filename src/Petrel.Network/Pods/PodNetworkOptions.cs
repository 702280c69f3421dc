using System.Net;
using Petrel.Linux.Netlink;

namespace Petrel.Network.Pods;

/// <summary>How one node's pods are connected.</summary>
public sealed record PodNetworkOptions
{
    /// <summary>Where pods of this node get their addresses from (the Node's spec.podCIDR). Its first address is the bridge's.</summary>
    public required IPNetwork NodePodRange { get; init; }

    /// <summary>The whole cluster's pod ranges (--cluster-cidr): traffic to anything else leaves with the node's address.</summary>
    public required IReadOnlyList<IPNetwork> PodRanges { get; init; }

    /// <summary>Ranges of service addresses, routed to the bridge so that services work on a machine without a default route.</summary>
    public IReadOnlyList<IPNetwork> ServiceRanges { get; init; } = [];

    /// <summary>Distinguishes interfaces and tables of several nodes or clusters that share a network namespace.</summary>
    public string InstanceName { get; init; } = InstanceNames.Default;

    /// <summary>The bridge's name, at most 15 characters; by default made from <see cref="InstanceName"/>.</summary>
    public string? BridgeName { get; init; }

    public NetworkNamespace NetworkNamespace { get; init; } = NetworkNamespace.Current;

    /// <summary>Where the container runtime looks for its network configuration.</summary>
    public required string CniConfigurationDirectory { get; init; }

    /// <summary>Where the address plugin keeps which addresses are taken; null for its default, /var/lib/cni/networks.</summary>
    public string? AddressDirectory { get; init; }

    /// <summary>Bytes of a packet on the pod network; null leaves the kernel's default.</summary>
    public int? MaximumTransmissionUnit { get; init; }

    /// <summary>Whether node ports answer on 127.0.0.1 (--iptables-localhost-nodeports of kube-proxy).</summary>
    public bool HasLocalhostNodePorts { get; init; } = true;

    internal string Bridge => BridgeName ?? InstanceNames.Bridge(InstanceName);
}
