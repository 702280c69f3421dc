using System.Collections.Immutable;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// A service seen through one named port: <c>_http._tcp.web.default.svc.cluster.local</c>. Besides SRV it answers addresses,
/// as CoreDNS does.
/// </summary>
internal sealed class PortNode(DnsName name, ImmutableArray<ServiceTarget> targets) : ZoneNode
{
    public override IEnumerable<ServiceTarget> Targets => targets;

    public override ImmutableArray<ResourceRecord> Addresses(RecordType type) =>
    [
        .. targets
            .Where(target => target.Address.Type == type)
            .Select(target => target.Address with { Name = name })
            .Distinct(),
    ];
}
