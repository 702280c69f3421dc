namespace Petrel.Dns.Chain;

/// <summary>The rest of a chain: answers a query with whatever the plugins from here on say.</summary>
public delegate ValueTask<DnsResponse> DnsStep(DnsQuery query, CancellationToken cancellationToken);
