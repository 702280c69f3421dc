namespace Petrel.Dns.Caching;

/// <summary>How a response may be cached.</summary>
internal enum CacheableKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As an answer.</summary>
    Answer,

    /// <summary>As a denial: NXDOMAIN or NODATA with an SOA record (RFC 2308 section 2).</summary>
    Denial,

    /// <summary>As an upstream's failure, shortly.</summary>
    Failure,
}
