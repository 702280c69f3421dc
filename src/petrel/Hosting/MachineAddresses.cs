using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Petrel.Program.Hosting;

/// <summary>The addresses that others reach this machine by.</summary>
internal static class MachineAddresses
{
    /// <summary>Every address of an interface that is up, loopback and link-local ones left out.</summary>
    public static IReadOnlyList<IPAddress> All() => [.. Up().SelectMany(AddressesOf)];

    /// <summary>
    /// The address the machine is known by: the IPv4 address of the interface that the default route leaves by, else the
    /// first IPv4 address, else none.
    /// </summary>
    public static IPAddress? Primary()
    {
        var interfaces = Up().ToList();
        var byRoute = interfaces.OrderByDescending(static candidate => candidate.GetIPProperties().GatewayAddresses.Count > 0);
        return byRoute.SelectMany(AddressesOf).FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork);
    }

    private static IEnumerable<NetworkInterface> Up() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(static candidate => candidate.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
            && candidate.NetworkInterfaceType != NetworkInterfaceType.Loopback);

    private static IEnumerable<IPAddress> AddressesOf(NetworkInterface candidate) =>
        candidate.GetIPProperties().UnicastAddresses.Select(static unicast => unicast.Address).Where(static address => !address.IsIPv6LinkLocal);
}
