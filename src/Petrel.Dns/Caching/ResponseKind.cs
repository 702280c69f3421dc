using System.Collections.Immutable;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Caching;

/// <summary>Tells how a response may be cached, and for how long by its own records.</summary>
internal static class ResponseKind
{
    /// <summary>The lifetime of a response without records.</summary>
    private const uint EmptyTtlSeconds = 5;

    public static CacheableKind Of(DnsQuestion question, DnsResponse response)
    {
        // A truncated response is not the whole truth, and a failure of ours says nothing about the name.
        if (response.Truncated || response.IsCurrent || response.Failure is not null)
        {
            return CacheableKind.None;
        }

        bool hasSoa = response.Sections.Authority.Any(record => record.Type == RecordType.Soa);
        return response.Code switch
        {
            ResponseCode.NoError when response.Sections.Answers.Any(record => record.Type == question.Type) => CacheableKind.Answer,
            ResponseCode.NoError or ResponseCode.NameError when hasSoa => CacheableKind.Denial,
            ResponseCode.NoError => CacheableKind.Answer,
            ResponseCode.ServerFailure or ResponseCode.NotImplemented => CacheableKind.Failure,
            _ => CacheableKind.None,
        };
    }

    /// <summary>The shortest TTL of all records; a denial's SOA also counts with its minimum (RFC 2308 section 5).</summary>
    public static uint ShortestTtl(DnsResponse response)
    {
        MessageSections sections = response.Sections;
        uint shortest = Math.Min(Shortest(sections.Answers), Math.Min(Shortest(sections.Authority), Shortest(sections.Additional)));
        return shortest == uint.MaxValue ? EmptyTtlSeconds : shortest;
    }

    private static uint Shortest(ImmutableArray<ResourceRecord> records)
    {
        uint shortest = uint.MaxValue;
        foreach (ResourceRecord record in records)
        {
            shortest = Math.Min(shortest, record.TimeToLiveSeconds);
            if (RecordData.TryReadSoaMinimum(record, out uint minimum))
            {
                shortest = Math.Min(shortest, minimum);
            }
        }

        return shortest;
    }
}
