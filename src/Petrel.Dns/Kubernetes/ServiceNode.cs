using System.Collections.Immutable;
using System.Net;
using System.Text;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// A Service together with the EndpointSlices labelled with its name. Records are made when first asked for and then shared:
/// most services' endpoints are never asked for by name.
/// </summary>
/// <param name="name">The service's name in the zone.</param>
/// <param name="ttlSeconds">The TTL of every record.</param>
internal sealed class ServiceNode(DnsName name, uint ttlSeconds) : ZoneNode
{
    private AddressLists? _addresses;
    private Dictionary<DnsName, EndpointNode>? _endpoints;

    public DnsName Name => name;

    /// <summary>Null while only slices are known: their addresses then have PTR records, but the service's name does not exist.</summary>
    public ServiceRecord? Service { get; init; }

    /// <summary>By name.</summary>
    public ImmutableDictionary<string, EndpointSliceRecord> Slices { get; init; } = ImmutableDictionary<string, EndpointSliceRecord>.Empty;

    public override DnsName? Alias => Service?.Alias;

    /// <summary>A headless service without endpoints does not exist (specification section 2.4.1); any other does.</summary>
    public bool Exists => Service is { } service && (!service.IsHeadless || Slices.Values.Any(slice => slice.Endpoints.Length > 0));

    /// <summary>The addresses of all endpoints, each once.</summary>
    public IEnumerable<IPAddress> EndpointAddresses =>
        Slices.Values.SelectMany(slice => slice.Endpoints).Select(endpoint => endpoint.Address).Distinct();

    public override IEnumerable<ServiceTarget> Targets => Service switch
    {
        null or { Alias: not null } => [],
        { IsHeadless: true } => EndpointTargets(),
        _ => ClusterTargets(Service),
    };

    public override ImmutableArray<ResourceRecord> Addresses(RecordType type)
    {
        AddressLists lists = _addresses ??= MakeAddresses();
        return type == RecordType.A ? lists.Ipv4 : lists.Ipv6;
    }

    /// <summary>The endpoint with this name below the service, whether or not the service is headless.</summary>
    public EndpointNode? FindEndpoint(DnsName endpoint)
    {
        if (Service is null or { Alias: not null })
        {
            return null;
        }

        _endpoints ??= EndpointTargets()
            .GroupBy(target => target.Address.Name)
            .ToDictionary(group => group.Key, group => new EndpointNode([.. group]));
        return _endpoints.GetValueOrDefault(endpoint);
    }

    /// <summary>The service seen through a port; null when it has none of that name and protocol.</summary>
    public PortNode? FindPort(DnsName portName, ReadOnlySpan<byte> port, ReadOnlySpan<byte> protocol)
    {
        string wantedPort = Encoding.UTF8.GetString(port);
        string wantedProtocol = Encoding.UTF8.GetString(protocol);
        ImmutableArray<ServiceTarget> targets =
        [
            .. Targets.Where(target =>
                target.Port is { Name.Length: > 0 } candidate
                && candidate.Name.Equals(wantedPort, StringComparison.OrdinalIgnoreCase)
                && candidate.Protocol.Equals(wantedProtocol, StringComparison.OrdinalIgnoreCase)),
        ];
        return targets.IsEmpty ? null : new PortNode(portName, targets);
    }

    /// <summary>Whether some port has this protocol, which makes <c>_tcp.web.default.svc…</c> the parent of an existing name.</summary>
    public bool HasProtocol(ReadOnlySpan<byte> protocol)
    {
        string wanted = Encoding.UTF8.GetString(protocol);
        return Targets.Any(target => target.Port is { Name.Length: > 0 } port && port.Protocol.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The names of the endpoints at an address, for PTR.</summary>
    public IEnumerable<DnsName> EndpointNamesAt(IPAddress address) =>
        Slices.Values
            .SelectMany(slice => slice.Endpoints)
            .Where(endpoint => endpoint.Address.Equals(address))
            .Select(endpoint => NameOf(endpoint))
            .OfType<DnsName>()
            .Distinct();

    private AddressLists MakeAddresses()
    {
        IEnumerable<IPAddress> addresses = Service switch
        {
            null or { Alias: not null } => [],
            { IsHeadless: true } => EndpointAddresses,
            _ => Service.ClusterAddresses,
        };
        ResourceRecord[] records = [.. addresses.Select(address => RecordData.Address(name, ttlSeconds, address))];
        return new AddressLists(
            [.. records.Where(record => record.Type == RecordType.A)],
            [.. records.Where(record => record.Type == RecordType.Aaaa)]);
    }

    private IEnumerable<ServiceTarget> ClusterTargets(ServiceRecord service) =>
        from port in PortsOf(service.Ports)
        from address in service.ClusterAddresses
        select new ServiceTarget(port, RecordData.Address(name, ttlSeconds, address));

    private IEnumerable<ServiceTarget> EndpointTargets() =>
        from slice in Slices.Values
        from endpoint in slice.Endpoints
        let endpointName = NameOf(endpoint)
        where endpointName is not null
        let address = RecordData.Address(endpointName.Value, ttlSeconds, endpoint.Address)
        from port in PortsOf(slice.Ports)
        select new ServiceTarget(port, address);

    private static ImmutableArray<PortRecord?> PortsOf(ImmutableArray<PortRecord> ports) =>
        ports.IsEmpty ? [null] : ImmutableArray<PortRecord?>.CastUp(ports);

    private DnsName? NameOf(EndpointRecord endpoint) =>
        DnsName.TryPrepend(Encoding.UTF8.GetBytes(endpoint.Label), name, out DnsName endpointName) ? endpointName : null;

    private sealed record AddressLists(ImmutableArray<ResourceRecord> Ipv4, ImmutableArray<ResourceRecord> Ipv6);
}
