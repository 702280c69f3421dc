using System.Net;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>How pods reach the API server: the service default/kubernetes.</summary>
/// <param name="ServiceAddress">The first address of the service range.</param>
/// <param name="Address">This server's own address, as nodes and pods reach it.</param>
/// <param name="Port">This server's own port.</param>
public sealed record KubernetesServiceOptions(IPAddress ServiceAddress, IPAddress Address, int Port)
{
    /// <summary>Port of the service.</summary>
    public const int ServicePort = 443;

    /// <summary>"IPv4" or "IPv6".</summary>
    internal string ServiceFamily => ServiceAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
}
