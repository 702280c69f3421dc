namespace Petrel.Dns.Chain;

/// <summary>How a query arrived.</summary>
public enum DnsTransport
{
    Udp,
    Tcp,

    /// <summary>Asked by a plugin, for instance the target of an alias.</summary>
    Internal,
}
