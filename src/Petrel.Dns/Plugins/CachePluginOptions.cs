namespace Petrel.Dns.Plugins;

/// <summary>How long and how much is cached; the defaults are those of the directive <c>cache 30</c>.</summary>
public sealed record CachePluginOptions
{
    /// <summary>Longest time an answer is kept, whatever its TTL.</summary>
    public TimeSpan PositiveTtlMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a denial is kept.</summary>
    public TimeSpan NegativeTtlMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest time anything is kept, even with a TTL of zero, to spare the upstream.</summary>
    public TimeSpan TtlMin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an upstream's SERVFAIL is kept (RFC 2308 section 7.1 allows up to five minutes).</summary>
    public TimeSpan FailureTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many responses are kept, answers and denials each.</summary>
    public int Capacity { get; init; } = 9984;
}
