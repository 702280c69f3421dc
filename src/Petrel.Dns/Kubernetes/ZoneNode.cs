using System.Collections.Immutable;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// What the cluster's zone holds at one existing name. The base class holds nothing: the name of a parent of other names,
/// such as a namespace's, which exists and has no records.
/// </summary>
internal class ZoneNode
{
    protected ZoneNode()
    {
    }

    /// <summary>A name that exists only because others lie below it.</summary>
    public static ZoneNode Empty { get; } = new();

    /// <summary>The target when the name is an alias.</summary>
    public virtual DnsName? Alias => null;

    /// <summary>The text of the name's TXT record.</summary>
    public virtual string? Text => null;

    /// <summary>Every port of every address behind the name, for SRV.</summary>
    public virtual IEnumerable<ServiceTarget> Targets => [];

    /// <summary>The A or AAAA records, owned by the name.</summary>
    public virtual ImmutableArray<ResourceRecord> Addresses(RecordType type) => [];
}
