using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Petrel.Network.Services.Modes;

/// <summary>How nft spells things in one address family.</summary>
/// <param name="AddressFamily">Which addresses belong to it.</param>
/// <param name="Ip">The family of the table and the header of its packets.</param>
/// <param name="AddressType">The type of an address in a set.</param>
internal sealed record NftablesFamily(AddressFamily AddressFamily, string Ip, string AddressType)
{
    public static NftablesFamily IPv4 { get; } = new(AddressFamily.InterNetwork, "ip", "ipv4_addr");

    public static NftablesFamily IPv6 { get; } = new(AddressFamily.InterNetworkV6, "ip6", "ipv6_addr");

    /// <summary>An address in an identifier, where a colon is not allowed.</summary>
    public static string InName(IPAddress address) => address.ToString().Replace(':', '.');

    /// <summary>An endpoint as the value of a map.</summary>
    public static string Pair(ServiceEndpoint endpoint) => $"{endpoint.Address} . {endpoint.Port}";

    public IEnumerable<IPAddress> Own(IEnumerable<IPAddress> addresses) =>
        addresses.Where(address => address.AddressFamily == AddressFamily);

    public ImmutableArray<IPNetwork> Own(IEnumerable<IPNetwork> networks) =>
        [.. networks.Where(network => network.BaseAddress.AddressFamily == AddressFamily)];

    /// <summary>Translates the destination to one endpoint.</summary>
    public string TranslateTo(TransportProtocol protocol, ServiceEndpoint endpoint)
    {
        string address = AddressFamily == AddressFamily.InterNetworkV6 ? $"[{endpoint.Address}]" : endpoint.Address.ToString();
        return $"meta l4proto {protocol.InRules()} dnat {Ip} to {address}:{endpoint.Port}";
    }
}
