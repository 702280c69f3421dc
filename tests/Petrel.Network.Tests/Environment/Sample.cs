using System.Net;
using Petrel.Network.Services;

namespace Petrel.Network.Tests.Environment;

/// <summary>Short ways to write services.</summary>
internal static class Sample
{
    public static ProxiedService Service(string clusterAddress, params ProxiedPort[] ports) =>
        new(new ServiceName("default", "web")) { ClusterAddresses = [IPAddress.Parse(clusterAddress)], Ports = [.. ports] };

    public static ProxiedPort Port(int port, params ServiceEndpoint[] endpoints) =>
        new(TransportProtocol.Tcp, port) { Endpoints = [.. endpoints] };

    public static ProxiedPort UdpPort(int port, params ServiceEndpoint[] endpoints) =>
        new(TransportProtocol.Udp, port) { Endpoints = [.. endpoints] };

    public static ServiceEndpoint Local(string address, int port) => new(IPAddress.Parse(address), port) { IsLocal = true };

    public static ServiceEndpoint Remote(string address, int port) => new(IPAddress.Parse(address), port);
}
