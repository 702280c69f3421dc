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

    /// <summary>An address in the one form that today's APIs allow: no leading zeros, canonical, no IPv4 address in IPv6 notation.</summary>
    public static IEnumerable<string> StrictAddress(string text)
    {
        if (Parse(text) is not { } address)
        {
            return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
        }

        if (HasLeadingZeros(text))
        {
            return ["must not have leading 0s"];
        }

        return IsMapped(text) ? ["must not be an IPv4-mapped IPv6 address"]
            : AddressText.Of(address) is var canonical && canonical != text ? [$"must be in canonical form ({GoSyntax.Quote(canonical)})"] : [];
    }

    /// <summary>A range in the one form that today's APIs allow; the address must be the network's own.</summary>
    public static IEnumerable<string> StrictRange(string text)
    {
        if (ParseRange(text) is not var (address, length))
        {
            return Range(text);
        }

        var (addressText, lengthText) = (text[..text.IndexOf('/', StringComparison.Ordinal)], text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        if (HasLeadingZeros(addressText) || (lengthText.Length > 1 && lengthText[0] == '0'))
        {
            return ["must not have leading 0s in IP or prefix length"];
        }

        if (IsMapped(addressText))
        {
            return ["must not have an IPv4-mapped IPv6 address"];
        }

        return !Network(address, length).Equals(address) ? ["must not have bits set beyond the prefix length"]
            : AddressText.OfRange(address, length) is var canonical && canonical != text ? [$"must be in canonical form ({GoSyntax.Quote(canonical)})"] : [];
    }

    /// <summary>The address with all bits beyond the prefix cleared.</summary>
    public static IPAddress Network(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    /// <summary>An IPv4 number with zeros before it, also at the end of an IPv6 address.</summary>
    public static bool HasLeadingZeros(string text) => text.Contains('.', StringComparison.Ordinal)
        && text[(text.LastIndexOf(':') + 1)..].Split('.').Any(static part => part.Length > 1 && part[0] == '0');

    /// <summary>An IPv4 address in IPv6 notation.</summary>
    public static bool IsMapped(string text) => text.Contains(':', StringComparison.Ordinal) && Parse(text)?.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>An address with the length of its network's prefix.</summary>
    public static IEnumerable<string> Range(string text)
    {
        if (ParseRange(text) is null)
        {
            yield return "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        }
    }

    /// <summary>An address of an interface with the length of its network's prefix, in canonical form.</summary>
    public static IEnumerable<string> InterfaceAddress(string text)
    {
        if (ParseRange(text) is not var (address, length))
        {
            return ["must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)"];
        }

        var canonical = string.Create(CultureInfo.InvariantCulture, $"{AddressText.Of(address)}/{length}");
        return canonical == text ? [] : [$"must be in canonical form ({GoSyntax.Quote(canonical)})"];
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
