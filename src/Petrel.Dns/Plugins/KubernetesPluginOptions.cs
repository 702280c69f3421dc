using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Plugins;

/// <summary>How the cluster's zone is served; the defaults are those of kubeadm's Corefile.</summary>
public sealed record KubernetesPluginOptions
{
    /// <summary>The addresses clients reach this server at, for the zone's NS record.</summary>
    public ImmutableArray<IPAddress> ServerAddresses { get; init; } = [];

    /// <summary>The zones whose unknown names are the next plugin's business. The directive <c>fallthrough</c>.</summary>
    public ImmutableArray<DnsName> FallthroughZones { get; init; } = [DnsName.Parse("in-addr.arpa"), DnsName.Parse("ip6.arpa")];
}
