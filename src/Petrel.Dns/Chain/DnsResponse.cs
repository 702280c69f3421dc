using Petrel.Dns.Wire;

namespace Petrel.Dns.Chain;

/// <summary>What a chain says to a query: everything of a reply but what the asker's own message determines.</summary>
/// <param name="Code">The response code.</param>
/// <param name="Sections">The records.</param>
public sealed record DnsResponse(ResponseCode Code, MessageSections Sections)
{
    /// <summary>A bare REFUSED.</summary>
    public static DnsResponse Refused { get; } = new(ResponseCode.Refused, default);

    /// <summary>The AA flag: the answer comes from the zone's own data.</summary>
    public bool Authoritative { get; init; }

    /// <summary>The RA flag.</summary>
    public bool RecursionAvailable { get; init; }

    /// <summary>The AD flag: an upstream vouches for DNSSEC.</summary>
    public bool AuthenticData { get; init; }

    /// <summary>The TC flag: an upstream had more to say than it could.</summary>
    public bool Truncated { get; init; }

    /// <summary>Comes from records that are kept current: caching a copy would save nothing and only make it stale.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>
    /// Why there is no answer, in words for the operator; null when this is a real answer, even a denial. A response with a
    /// failure is never cached.
    /// </summary>
    public string? Failure { get; init; }

    /// <summary>A response that tells the client only the code, and the operator why.</summary>
    public static DnsResponse Failed(ResponseCode code, string failure) => new(code, default) { Failure = failure };
}
