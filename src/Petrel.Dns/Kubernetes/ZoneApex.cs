using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>The records at the top of a zone: SOA and NS.</summary>
internal sealed class ZoneApex(DnsName zone, uint ttlSeconds, ImmutableArray<IPAddress> serverAddresses)
{
    private const uint RefreshSeconds = 7200;
    private const uint RetrySeconds = 1800;
    private const uint ExpireSeconds = 86_400;

    private readonly DnsName _server = zone.Prepend("dns").Prepend("ns");
    private readonly DnsName _mailbox = zone.Prepend("hostmaster");
    private StampedSoa? _soa;

    /// <summary>The SOA record, with the numbers CoreDNS gives. Every denial has one, so it is kept until the zone changes.</summary>
    public ResourceRecord Soa(ClusterSnapshot snapshot)
    {
        StampedSoa? kept = _soa;
        if (kept?.Serial != snapshot.Serial)
        {
            StartOfAuthority authority = new(_server, _mailbox, snapshot.Serial, RefreshSeconds, RetrySeconds, ExpireSeconds, ttlSeconds);
            _soa = kept = new StampedSoa(snapshot.Serial, RecordData.Soa(zone, ttlSeconds, authority));
        }

        return kept.Record;
    }

    public DnsResponse Answer(ClusterSnapshot snapshot, RecordType type)
    {
        ResourceRecord soa = Soa(snapshot);
        MessageSections sections = type switch
        {
            RecordType.Soa => new MessageSections { Answers = [soa] },
            RecordType.NS => NameServers(snapshot),
            _ => new MessageSections { Authority = [soa] },
        };
        return new DnsResponse(ResponseCode.NoError, sections) { Authoritative = true, IsCurrent = true };
    }

    /// <summary>The services that lead to this server, else the name <c>ns.dns</c>, with their addresses.</summary>
    private MessageSections NameServers(ClusterSnapshot snapshot)
    {
        ImmutableArray<ResourceRecord> addresses =
        [
            .. serverAddresses.SelectMany(address => OwnersOf(snapshot, address)).Distinct()
                .SelectMany(owner => snapshot.Services[owner].Service?.ClusterAddresses
                    .Select(address => RecordData.Address(owner, ttlSeconds, address)) ?? []),
        ];
        if (addresses.IsEmpty)
        {
            return Sections([_server], [.. serverAddresses.Select(address => RecordData.Address(_server, ttlSeconds, address))]);
        }

        return Sections(addresses.Select(record => record.Name).Distinct(), addresses);
    }

    private static IEnumerable<DnsName> OwnersOf(ClusterSnapshot snapshot, IPAddress address) =>
        snapshot.ServicesByClusterAddress.GetValueOrDefault(address, [])
            .Concat(snapshot.ServicesByEndpointAddress.GetValueOrDefault(address, []));

    private MessageSections Sections(IEnumerable<DnsName> servers, ImmutableArray<ResourceRecord> addresses) => new()
    {
        Answers = [.. servers.Select(server => RecordData.NameServer(zone, ttlSeconds, server))],
        Additional = addresses,
    };

    private sealed record StampedSoa(uint Serial, ResourceRecord Record);
}
