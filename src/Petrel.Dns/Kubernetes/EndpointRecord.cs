using System.Net;
using System.Net.Sockets;

namespace Petrel.Dns.Kubernetes;

/// <summary>One address of an endpoint.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Hostname">The endpoint's hostname; null when it has none.</param>
public sealed record EndpointRecord(IPAddress Address, string? Hostname)
{
    /// <summary>The endpoint's label below its service: the hostname, else the address with dashes (<c>10-244-0-7</c>).</summary>
    public string Label => string.IsNullOrEmpty(Hostname)
        ? Address.ToString().Replace(Address.AddressFamily == AddressFamily.InterNetwork ? '.' : ':', '-')
        : Hostname;
}
