using System.Buffers.Text;
using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>The address that a name below in-addr.arpa (RFC 1035 section 3.5) or ip6.arpa (RFC 3596 section 2.5) stands for.</summary>
internal static class ReverseName
{
    private const int Ipv4Labels = 4;
    private const int Ipv6Labels = 32;

    public static readonly DnsName Ipv4Zone = DnsName.Parse("in-addr.arpa");
    public static readonly DnsName Ipv6Zone = DnsName.Parse("ip6.arpa");

    /// <summary>False for anything but the name of one whole address.</summary>
    public static bool TryParse(DnsName name, out IPAddress address)
    {
        address = IPAddress.None;
        if (name.IsWithin(Ipv4Zone))
        {
            return name.LabelCount == Ipv4Labels + 2 && TryParseIpv4(name, out address);
        }

        return name.IsWithin(Ipv6Zone) && name.LabelCount == Ipv6Labels + 2 && TryParseIpv6(name, out address);
    }

    private static bool TryParseIpv4(DnsName name, out IPAddress address)
    {
        address = IPAddress.None;
        Span<byte> bytes = stackalloc byte[Ipv4Labels];
        for (int i = Ipv4Labels - 1; i >= 0; i--, name = name.Parent)
        {
            ReadOnlySpan<byte> label = name.FirstLabel;
            bool hasLeadingZero = label.Length > 1 && label[0] == '0';
            if (hasLeadingZero || !Utf8Parser.TryParse(label, out bytes[i], out int consumed) || consumed != label.Length)
            {
                return false;
            }
        }

        address = new IPAddress(bytes);
        return true;
    }

    private static bool TryParseIpv6(DnsName name, out IPAddress address)
    {
        address = IPAddress.None;
        Span<byte> bytes = stackalloc byte[Ipv6Labels / 2];
        for (int i = Ipv6Labels - 1; i >= 0; i--, name = name.Parent)
        {
            ReadOnlySpan<byte> label = name.FirstLabel;
            if (label.Length != 1 || !char.IsAsciiHexDigit((char)label[0]))
            {
                return false;
            }

            int nibble = Convert.ToInt32(((char)label[0]).ToString(), 16);
            bytes[i / 2] |= (byte)(i % 2 == 0 ? nibble << 4 : nibble);
        }

        address = new IPAddress(bytes);
        return true;
    }
}
