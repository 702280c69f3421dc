using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>Everything the zone knows at one moment. Immutable: a query sees one state from beginning to end.</summary>
internal sealed record ClusterSnapshot
{
    /// <summary>Whether the first lists are in. Before that, nothing can be said not to exist.</summary>
    public bool IsSynced { get; init; }

    /// <summary>The SOA serial: when the zone last changed, in seconds since 1970.</summary>
    public uint Serial { get; init; }

    /// <summary>The names <c>NAMESPACE.svc.ZONE</c> and <c>NAMESPACE.pod.ZONE</c> of every namespace.</summary>
    public ImmutableHashSet<DnsName> Namespaces { get; init; } = [];

    /// <summary>By the service's name in the zone.</summary>
    public ImmutableDictionary<DnsName, ServiceNode> Services { get; init; } = ImmutableDictionary<DnsName, ServiceNode>.Empty;

    /// <summary>The services that have an address as cluster IP: one, save for the moment one replaces another.</summary>
    public ImmutableDictionary<IPAddress, ImmutableArray<DnsName>> ServicesByClusterAddress { get; init; } =
        ImmutableDictionary<IPAddress, ImmutableArray<DnsName>>.Empty;

    /// <summary>The services that have an address among their endpoints.</summary>
    public ImmutableDictionary<IPAddress, ImmutableArray<DnsName>> ServicesByEndpointAddress { get; init; } =
        ImmutableDictionary<IPAddress, ImmutableArray<DnsName>>.Empty;

    /// <summary>The same with one service's state replaced; the cost grows with that service alone.</summary>
    public ClusterSnapshot With(ServiceNode node)
    {
        ServiceNode? before = Services.GetValueOrDefault(node.Name);
        bool isGone = node.Service is null && node.Slices.IsEmpty;
        return this with
        {
            Services = isGone ? Services.Remove(node.Name) : Services.SetItem(node.Name, node),
            ServicesByClusterAddress = Reindex(
                ServicesByClusterAddress, node.Name, before?.Service?.ClusterAddresses ?? [], node.Service?.ClusterAddresses ?? []),
            ServicesByEndpointAddress = Reindex(
                ServicesByEndpointAddress, node.Name, before?.EndpointAddresses ?? [], node.EndpointAddresses),
        };
    }

    private static ImmutableDictionary<IPAddress, ImmutableArray<DnsName>> Reindex(
        ImmutableDictionary<IPAddress, ImmutableArray<DnsName>> index,
        DnsName service,
        IEnumerable<IPAddress> before,
        IEnumerable<IPAddress> after)
    {
        HashSet<IPAddress> added = [.. after];
        foreach (IPAddress address in before)
        {
            if (!added.Remove(address))
            {
                ImmutableArray<DnsName> rest = index[address].Remove(service);
                index = rest.IsEmpty ? index.Remove(address) : index.SetItem(address, rest);
            }
        }

        foreach (IPAddress address in added)
        {
            index = index.SetItem(address, index.GetValueOrDefault(address, []).Add(service));
        }

        return index;
    }
}
