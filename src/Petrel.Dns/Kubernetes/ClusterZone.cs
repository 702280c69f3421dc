using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// Finds names in the cluster's zone (Kubernetes DNS-Based Service Discovery 1.1.0):
/// <code>
/// dns-version                     the specification's version
/// ns.dns                          this server
/// SERVICE.NAMESPACE.svc           a service
/// ENDPOINT.SERVICE.NAMESPACE.svc  one endpoint of it
/// _PORT._PROTOCOL.SERVICE.NAMESPACE.svc
/// ADDRESS.NAMESPACE.pod           a pod
/// </code>
/// Parents of these exist without records; every other name does not exist.
/// </summary>
/// <param name="index">The records.</param>
/// <param name="serverAddresses">The addresses of this server, found at <c>ns.dns</c>.</param>
internal sealed class ClusterZone(ClusterIndex index, ImmutableArray<IPAddress> serverAddresses)
{
    private readonly int _zoneLabels = index.Zone.LabelCount;

    public DnsName Name => index.Zone;

    /// <summary>Where <c>ns.dns</c> is.</summary>
    public DnsName ServerName { get; } = index.Zone.Prepend("dns").Prepend("ns");

    /// <summary>Null when the name does not exist. The name lies within the zone.</summary>
    public ZoneNode? Find(ClusterSnapshot snapshot, DnsName name)
    {
        int depth = name.LabelCount - _zoneLabels;
        if (depth == 0)
        {
            return ZoneNode.Empty;
        }

        DnsName top = Ancestor(name, depth - 1);
        if (top.FirstLabelIs("svc"u8))
        {
            return FindBelowServices(snapshot, name, depth);
        }

        if (top.FirstLabelIs("pod"u8))
        {
            return FindBelowPods(snapshot, name, depth);
        }

        return FindOwn(name, top, depth);
    }

    private ZoneNode? FindOwn(DnsName name, DnsName top, int depth)
    {
        if (top.FirstLabelIs("dns"u8))
        {
            return depth == 1 ? ZoneNode.Empty : name == ServerName ? AddressesAt(name, serverAddresses) : null;
        }

        return depth == 1 && top.FirstLabelIs("dns-version"u8) ? SchemaVersionNode.Instance : null;
    }

    private AddressNode AddressesAt(DnsName name, ImmutableArray<IPAddress> addresses) =>
        new([.. addresses.Select(address => RecordData.Address(name, index.TtlSeconds, address))]);

    private ZoneNode? FindBelowPods(ClusterSnapshot snapshot, DnsName name, int depth)
    {
        if (depth == 1)
        {
            return ZoneNode.Empty;
        }

        if (!snapshot.Namespaces.Contains(Ancestor(name, depth - 2)))
        {
            return null;
        }

        return depth switch
        {
            2 => ZoneNode.Empty,
            3 when PodAddress.TryParse(name.FirstLabel, out IPAddress address) => AddressesAt(name, [address]),
            _ => null,
        };
    }

    private static ZoneNode? FindBelowServices(ClusterSnapshot snapshot, DnsName name, int depth)
    {
        if (depth == 1)
        {
            return ZoneNode.Empty;
        }

        if (!snapshot.Namespaces.Contains(Ancestor(name, depth - 2)))
        {
            return null;
        }

        if (depth == 2)
        {
            return ZoneNode.Empty;
        }

        return snapshot.Services.TryGetValue(Ancestor(name, depth - 3), out ServiceNode? service) && service.Exists
            ? FindBelowService(service, name, depth - 3)
            : null;
    }

    private static ZoneNode? FindBelowService(ServiceNode service, DnsName name, int depth) => depth switch
    {
        0 => service,
        1 => service.FindEndpoint(name)
            ?? (name.FirstLabel[0] == '_' && service.HasProtocol(name.FirstLabel[1..]) ? ZoneNode.Empty : null),
        2 => service.FindPort(name, WithoutUnderscore(name.FirstLabel), WithoutUnderscore(name.Parent.FirstLabel)),
        _ => null,
    };

    /// <summary>CoreDNS takes port and protocol with or without the underscore of RFC 2782.</summary>
    private static ReadOnlySpan<byte> WithoutUnderscore(ReadOnlySpan<byte> label) => label[0] == '_' ? label[1..] : label;

    private static DnsName Ancestor(DnsName name, int labels)
    {
        for (; labels > 0; labels--)
        {
            name = name.Parent;
        }

        return name;
    }
}
