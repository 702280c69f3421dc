using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Caching;

/// <summary>What makes two queries the same to a cache: question, and whether DNSSEC records are wanted or left unchecked.</summary>
internal readonly record struct CacheKey(DnsQuestion Question, bool DnssecOk, bool CheckingDisabled)
{
    public static CacheKey Of(DnsQuery query) => new(query.Question, query.Edns?.DnssecOk ?? false, query.Flags.CheckingDisabled);
}
