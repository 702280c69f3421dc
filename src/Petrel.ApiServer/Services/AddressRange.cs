using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Petrel.ApiServer.Services;

/// <summary>
/// A range of addresses of services in one IP family (--service-cluster-ip-range, or of a ServiceCIDR): every address of the
/// range but the network's own and, of IPv4, the broadcast address.
/// </summary>
internal sealed class AddressRange
{
    /// <summary>Longest IPv6 range: its numbers still fit 64 bits.</summary>
    private const int IPv6PrefixLengthMin = 64;

    private const int StaticFraction = 16;
    private const int StaticMax = 256;

    private readonly IPNetwork _network;
    private readonly ulong _size;

    private AddressRange(IPNetwork network)
    {
        _network = network;
        var hostBits = (IsIPv6 ? 128 : 32) - network.PrefixLength;
        var addresses = hostBits == 64 ? 0 : 1UL << hostBits;

        // Of a /64, 2^64 wraps to 0 and the subtraction is right all the same.
        _size = addresses - (IsIPv6 ? 1UL : 2UL);
        Pool = new NumberPool(_size, NumberPool.StaticBandOf(hostBits == 64 ? ulong.MaxValue : addresses, StaticFraction, StaticMax));
    }

    /// <summary>The range as text, e.g. 10.96.0.0/12.</summary>
    public string Text => _network.ToString();

    /// <summary>"IPv4" or "IPv6".</summary>
    public string Family => IsIPv6 ? "IPv6" : "IPv4";

    /// <summary>Number 0 is the first address after the network's own.</summary>
    public NumberPool Pool { get; }

    private bool IsIPv6 => _network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads one range, or one of each family with a comma between them.</summary>
    /// <exception cref="FormatException">It is none, or too large or small to give addresses from.</exception>
    public static IReadOnlyList<AddressRange> ParseList(string text)
    {
        var ranges = text.Split(',', StringSplitOptions.TrimEntries).Select(Parse).ToList();
        return ranges.DistinctBy(range => range.Family).Count() == ranges.Count
            ? ranges
            : throw new FormatException($"--service-cluster-ip-range: \"{text}\" has two ranges of the same IP family");
    }

    /// <summary>The number of an address; null when it is none that the range gives.</summary>
    public ulong? NumberOf(IPAddress address)
    {
        if (!_network.Contains(address))
        {
            return null;
        }

        var number = Low(address) - Low(_network.BaseAddress);
        return number >= 1 && number - 1 < _size ? number - 1 : null;
    }

    public bool Contains(IPAddress address) => _network.Contains(address);

    /// <summary>What is wrong with an address that has no number.</summary>
    public string Refusal(IPAddress address) => _network.Contains(address)
        ? $"the provided IP ({address}) is not in the valid range. The range of valid IPs is {_network}"
        : "the provided network does not match the current range";

    public IPAddress AddressOf(ulong number)
    {
        var bytes = _network.BaseAddress.GetAddressBytes();
        if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low(_network.BaseAddress) + number + 1);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(Low(_network.BaseAddress) + number + 1));
        }

        return new IPAddress(bytes);
    }

    /// <summary>Reads the range of a ServiceCIDR; null when it has no address to give, or more than can be numbered.</summary>
    public static AddressRange? TryParse(string text)
    {
        if (!IPNetwork.TryParse(text, out var network))
        {
            return null;
        }

        var hostBits = (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32) - network.PrefixLength;
        return hostBits is >= 2 and <= 128 - IPv6PrefixLengthMin ? new AddressRange(network) : null;
    }

    private static AddressRange Parse(string text)
    {
        // A single address or two leave nothing to give.
        if (!IPNetwork.TryParse(text, out var network)
            || network.PrefixLength > (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? 126 : 30))
        {
            throw new FormatException($"--service-cluster-ip-range: \"{text}\" is no address range such as 10.96.0.0/12");
        }

        return network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 && network.PrefixLength < IPv6PrefixLengthMin
            ? throw new FormatException($"--service-cluster-ip-range: \"{text}\" is larger than the largest supported IPv6 range, a /{IPv6PrefixLengthMin}")
            : new AddressRange(network);
    }

    // The lowest 64 bits of an address; those above are the range's own.
    private static ulong Low(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8));
    }
}
