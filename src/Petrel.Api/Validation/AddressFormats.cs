using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Petrel.Api.Validation;

/// <summary>Formats of IP addresses and ranges, with what is wrong in upstream's words.</summary>
internal static class AddressFormats
{
    /// <summary>An address. Leading zeros in an IPv4 address, which fields of old APIs allow, count as decimal.</summary>
    public static IEnumerable<string> Address(string text)
    {
        if (Parse(text) is null)
        {
            yield return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
        }
    }

    /// <summary>An address with the length of its network's prefix.</summary>
    public static IEnumerable<string> Range(string text)
    {
        if (ParseRange(text) is null)
        {
            yield return "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        }
    }

    /// <summary>An address that other machines can reach: not of the host itself, not of the link, not multicast on it.</summary>
    public static IEnumerable<string> OutsideAddress(string text)
    {
        if (Parse(text) is not { } address)
        {
            yield return "must be a valid IP address";
            yield break;
        }

        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            yield return $"may not be unspecified ({address})";
        }

        if (IPAddress.IsLoopback(address))
        {
            yield return "may not be in the loopback range (127.0.0.0/8, ::1/128)";
        }

        if (IsLinkLocal(address))
        {
            yield return "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
        }

        if (IsLinkLocalMulticast(address))
        {
            yield return "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
        }
    }

    /// <summary>A domain name of at least two labels.</summary>
    public static IEnumerable<string> DomainName(string text)
    {
        if (text.Length == 0)
        {
            return ["must not be empty"];
        }

        var name = text.EndsWith('.') ? text[..^1] : text;
        var problems = NameFormats.DnsSubdomain(name).ToArray();
        return problems.Length != 0 ? problems
            : name.Contains('.', StringComparison.Ordinal) ? [] : ["should be a domain with at least two segments separated by dots"];
    }

    public static bool IsIPv6(string text) => Parse(text)?.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Null for what is no address. An IPv4 address in IPv6 notation is the IPv4 address.</summary>
    public static IPAddress? Parse(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return ParseIPv4(text);
        }

        var isPlain = !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal) && !text.Contains('/', StringComparison.Ordinal);
        return isPlain && IPAddress.TryParse(text, out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : null;
    }

    /// <summary>Address and prefix length; null for what is no range.</summary>
    public static (IPAddress Address, int PrefixLength)? ParseRange(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Parse(text[..slash]) is not { } address
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return null;
        }

        return (address, length);
    }

    /// <summary>At most one of each family.</summary>
    public static bool AreOfDifferentFamilies(IEnumerable<bool> areIPv6) => areIPv6.GroupBy(static isIPv6 => isIPv6).All(static family => family.Count() == 1);

    private static IPAddress? ParseIPv4(string text)
    {
        var parts = text.Split('.');
        Span<byte> bytes = stackalloc byte[4];
        if (parts.Length != 4)
        {
            return null;
        }

        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length == 0 || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return null;
            }
        }

        return new IPAddress(bytes);
    }

    private static bool IsLinkLocal(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6LinkLocal
        : address.GetAddressBytes() is [169, 254, ..];

    private static bool IsLinkLocalMulticast(IPAddress address) => address.GetAddressBytes() switch
    {
        [224, 0, 0, _] => true,
        [0xff, var scope, ..] when address.AddressFamily == AddressFamily.InterNetworkV6 => (scope & 0x0f) == 2,
        _ => false,
    };
}
