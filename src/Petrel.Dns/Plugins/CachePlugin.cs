using Petrel.Dns.Caching;
using Petrel.Dns.Chain;

namespace Petrel.Dns.Plugins;

/// <summary>
/// Keeps responses for a while, save those made from records at hand. Answers and denials live apart, so that neither can
/// push the other out.
/// </summary>
public sealed class CachePlugin(CachePluginOptions options, TimeProvider time) : IDnsPlugin
{
    private readonly ResponseCache _answers = new(options.Capacity, time);
    private readonly ResponseCache _denials = new(options.Capacity, time);
    private long _hits;
    private long _misses;

    public string Name => "cache";

    /// <summary>Queries answered from the cache.</summary>
    public long Hits => Volatile.Read(ref _hits);

    /// <summary>Queries that could have been, but were not in it.</summary>
    public long Misses => Volatile.Read(ref _misses);

    public async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        CacheKey key = CacheKey.Of(query);
        if ((_denials.Find(key) ?? _answers.Find(key)) is { } kept)
        {
            Interlocked.Increment(ref _hits);
            return kept;
        }

        Interlocked.Increment(ref _misses);
        DnsResponse response = await next(query, cancellationToken).ConfigureAwait(false);
        return Keep(key, response);
    }

    /// <summary>Returns the response with the TTLs later clients will see too, so that they do not jump.</summary>
    private DnsResponse Keep(CacheKey key, DnsResponse response)
    {
        (ResponseCache cache, TimeSpan lifetime) = ResponseKind.Of(key.Question, response) switch
        {
            CacheableKind.Answer => (_answers, Bound(ResponseKind.ShortestTtl(response), options.PositiveTtlMax)),
            CacheableKind.Denial => (_denials, Bound(ResponseKind.ShortestTtl(response), options.NegativeTtlMax)),
            CacheableKind.Failure => (_denials, options.FailureTtl),
            _ => (_answers, TimeSpan.Zero),
        };
        return lifetime > TimeSpan.Zero ? cache.Keep(key, response, lifetime) : response;
    }

    private TimeSpan Bound(uint ttlSeconds, TimeSpan max)
    {
        TimeSpan ttl = TimeSpan.FromSeconds(ttlSeconds);
        return ttl < options.TtlMin ? options.TtlMin : ttl > max ? max : ttl;
    }
}
