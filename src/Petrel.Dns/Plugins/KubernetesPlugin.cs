using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Chain;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Plugins;

/// <summary>
/// Answers for Services, their endpoints and pods (Kubernetes DNS-Based Service Discovery 1.1.0), forward in the cluster's
/// domain and backward in the reverse zones. A name that exists answers every type it has no records of with NODATA; where
/// the specification is silent, answers are CoreDNS's.
/// </summary>
public sealed class KubernetesPlugin(ClusterIndex index, KubernetesPluginOptions options) : IDnsPlugin
{
    private const uint SchemaVersionTtlSeconds = 28_800;

    private readonly ClusterZone _zone = new(index, options.ServerAddresses);
    private readonly ZoneApex _apex = new(index.Zone, index.TtlSeconds, options.ServerAddresses);
    private readonly ZoneApex _ipv4Apex = new(ReverseName.Ipv4Zone, index.TtlSeconds, options.ServerAddresses);
    private readonly ZoneApex _ipv6Apex = new(ReverseName.Ipv6Zone, index.TtlSeconds, options.ServerAddresses);

    public string Name => "kubernetes";

    public ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        DnsName name = query.Question.Name;
        bool isReverse = name.IsWithin(ReverseName.Ipv4Zone) || name.IsWithin(ReverseName.Ipv6Zone);
        if (!isReverse && !name.IsWithin(_zone.Name))
        {
            return next(query, cancellationToken);
        }

        ClusterSnapshot snapshot = index.Current;
        if (!snapshot.IsSynced)
        {
            return ValueTask.FromResult(DnsResponse.Failed(ResponseCode.ServerFailure, "the cluster's services are not yet known"));
        }

        return isReverse
            ? AnswerReverseAsync(snapshot, query, next, cancellationToken)
            : AnswerForwardAsync(snapshot, query, next, cancellationToken);
    }

    private ValueTask<DnsResponse> AnswerForwardAsync(
        ClusterSnapshot snapshot, DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        DnsQuestion question = query.Question;
        ZoneNode? node = _zone.Find(snapshot, question.Name);
        if (node is null)
        {
            return DenyAsync(snapshot, _apex, query, next, cancellationToken);
        }

        if (question.Name == _zone.Name)
        {
            return ValueTask.FromResult(_apex.Answer(snapshot, question.Type));
        }

        switch (question.Type)
        {
            case RecordType.A or RecordType.Aaaa when node.Alias is { } alias:
                return FollowAliasAsync(snapshot, query, alias, cancellationToken);
            case RecordType.A or RecordType.Aaaa:
                return ValueTask.FromResult(Found(snapshot, node.Addresses(question.Type)));
            case RecordType.Srv:
                return ValueTask.FromResult(ServiceLocation.Answer(question.Name, node.Targets, index.TtlSeconds) is { Answers.IsEmpty: false } sections
                    ? Found(sections)
                    : Denied(snapshot, _apex, ResponseCode.NoError));
            case RecordType.Cname when node.Alias is { } alias:
                return ValueTask.FromResult(Found(snapshot, [RecordData.Cname(question.Name, index.TtlSeconds, alias)]));
            case RecordType.Txt when node.Text is { } text:
                return ValueTask.FromResult(Found(snapshot, [RecordData.Text(question.Name, SchemaVersionTtlSeconds, text)]));
            default:
                return ValueTask.FromResult(Denied(snapshot, _apex, ResponseCode.NoError));
        }
    }

    /// <summary>
    /// Gives the alias together with what its target resolves to. A target in the zone that has no address is no answer at
    /// all; a target elsewhere is given even if it cannot be resolved now.
    /// </summary>
    private async ValueTask<DnsResponse> FollowAliasAsync(
        ClusterSnapshot snapshot, DnsQuery query, DnsName alias, CancellationToken cancellationToken)
    {
        DnsName name = query.Question.Name;
        if (query.Depth >= DnsQuery.DepthMax || alias == name)
        {
            return Denied(snapshot, _apex, ResponseCode.NoError);
        }

        DnsResponse target = await query.AskAboutAsync(alias, cancellationToken).ConfigureAwait(false);
        if (target.Sections.Answers.IsEmpty && alias.IsWithin(_zone.Name))
        {
            return Denied(snapshot, _apex, ResponseCode.NoError);
        }

        ResourceRecord cname = RecordData.Cname(name, index.TtlSeconds, alias);
        return Found(new MessageSections { Answers = [cname, .. target.Sections.Answers] }) with { Truncated = target.Truncated };
    }

    private ValueTask<DnsResponse> AnswerReverseAsync(
        ClusterSnapshot snapshot, DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        DnsName name = query.Question.Name;
        ZoneApex zone = name.IsWithin(ReverseName.Ipv4Zone) ? _ipv4Apex : _ipv6Apex;
        ImmutableArray<DnsName> targets = ReverseName.TryParse(name, out IPAddress address) ? NamesAt(snapshot, address) : [];
        if (targets.IsEmpty)
        {
            return DenyAsync(snapshot, zone, query, next, cancellationToken);
        }

        return ValueTask.FromResult(query.Question.Type == RecordType.Ptr
            ? Found(snapshot, [.. targets.Select(target => RecordData.Ptr(name, index.TtlSeconds, target))])
            : Denied(snapshot, zone, ResponseCode.NoError));
    }

    /// <summary>The service with this cluster IP, else every endpoint at the address.</summary>
    private static ImmutableArray<DnsName> NamesAt(ClusterSnapshot snapshot, IPAddress address)
    {
        if (snapshot.ServicesByClusterAddress.TryGetValue(address, out ImmutableArray<DnsName> services))
        {
            return [services[0]];
        }

        return snapshot.ServicesByEndpointAddress.TryGetValue(address, out ImmutableArray<DnsName> owners)
            ? [.. owners.SelectMany(owner => snapshot.Services[owner].EndpointNamesAt(address))]
            : [];
    }

    private ValueTask<DnsResponse> DenyAsync(
        ClusterSnapshot snapshot, ZoneApex zone, DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        foreach (DnsName fallthrough in options.FallthroughZones)
        {
            if (query.Question.Name.IsWithin(fallthrough))
            {
                return next(query, cancellationToken);
            }
        }

        return ValueTask.FromResult(Denied(snapshot, zone, ResponseCode.NameError));
    }

    private DnsResponse Found(ClusterSnapshot snapshot, ImmutableArray<ResourceRecord> answers) => answers.IsEmpty
        ? Denied(snapshot, _apex, ResponseCode.NoError)
        : Found(new MessageSections { Answers = answers });

    private static DnsResponse Found(MessageSections sections) => new(ResponseCode.NoError, sections) { Authoritative = true, IsCurrent = true };

    /// <summary>NXDOMAIN, or NODATA with <see cref="ResponseCode.NoError"/>, and the SOA record that lets clients cache it.</summary>
    private static DnsResponse Denied(ClusterSnapshot snapshot, ZoneApex zone, ResponseCode code)
    {
        MessageSections sections = new() { Authority = [zone.Soa(snapshot)] };
        return new DnsResponse(code, sections) { Authoritative = true, IsCurrent = true };
    }
}
