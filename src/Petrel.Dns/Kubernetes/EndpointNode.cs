using System.Collections.Immutable;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>One hostname below a service: usually one endpoint, or several that share the hostname.</summary>
internal sealed class EndpointNode(ImmutableArray<ServiceTarget> targets) : ZoneNode
{
    public override IEnumerable<ServiceTarget> Targets => targets;

    public override ImmutableArray<ResourceRecord> Addresses(RecordType type) =>
        [.. targets.Select(target => target.Address).Where(record => record.Type == type).Distinct()];
}
