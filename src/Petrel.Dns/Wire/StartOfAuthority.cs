namespace Petrel.Dns.Wire;

/// <summary>The data of an SOA record (RFC 1035 section 3.3.13).</summary>
/// <param name="PrimaryServer">The zone's first name server.</param>
/// <param name="Mailbox">The mailbox of the person responsible, its "@" written as a dot.</param>
/// <param name="Serial">Grows with every change of the zone.</param>
/// <param name="RefreshSeconds">How often a secondary looks for changes.</param>
/// <param name="RetrySeconds">How soon it looks again after a failure.</param>
/// <param name="ExpireSeconds">When it gives the zone up.</param>
/// <param name="MinimumSeconds">How long a denial may be kept (RFC 2308 section 4).</param>
public sealed record StartOfAuthority(
    DnsName PrimaryServer,
    DnsName Mailbox,
    uint Serial,
    uint RefreshSeconds,
    uint RetrySeconds,
    uint ExpireSeconds,
    uint MinimumSeconds);
