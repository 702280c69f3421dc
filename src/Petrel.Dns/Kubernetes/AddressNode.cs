using System.Collections.Immutable;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>A name with nothing but addresses: a pod's, or the name server's own.</summary>
internal sealed class AddressNode(ImmutableArray<ResourceRecord> addresses) : ZoneNode
{
    public override ImmutableArray<ResourceRecord> Addresses(RecordType type) => addresses.RemoveAll(record => record.Type != type);
}
