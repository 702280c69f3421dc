using System.Net;
using Petrel.Program.Hosting;

namespace Petrel.Program.Nodes;

/// <summary>What a node of this machine is.</summary>
internal sealed record NodeProcessOptions
{
    /// <summary>The Node object's name (--hostname-override).</summary>
    public required string Name { get; init; }

    /// <summary>The address others reach the node by (--node-ip).</summary>
    public required IPAddress Address { get; init; }

    public required ClusterPaths Paths { get; init; }

    /// <summary>Pod addresses of the whole cluster (--cluster-cidr).</summary>
    public required IPNetwork PodRange { get; init; }

    /// <summary>Addresses of services (--service-cluster-ip-range).</summary>
    public required IPNetwork ServiceRange { get; init; }

    /// <summary>The name server of pods (--cluster-dns).</summary>
    public required IPAddress ClusterDns { get; init; }

    /// <summary>Port of the node's own API (--node-port of the kubelet: 10250).</summary>
    public required int Port { get; init; }
}
