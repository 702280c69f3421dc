using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Petrel.Api.Validation;

/// <summary>Addresses in canonical form (RFC 5952), never with an IPv4 address at the end, which .NET shows for some.</summary>
public static class AddressText
{
    private const int Groups = 8;

    public static string Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : OfGroups(bytes);
    }

    /// <summary>The range that an address and a prefix length name, with the network's own address.</summary>
    public static string OfRange(IPAddress address, int prefixLength) =>
        string.Create(CultureInfo.InvariantCulture, $"{Of(AddressFormats.Network(address, prefixLength))}/{prefixLength}");

    private static string OfGroups(byte[] bytes)
    {
        var groups = new ushort[Groups];
        for (var i = 0; i < Groups; i++)
        {
            groups[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i * 2));
        }

        var (start, length) = LongestZeros(groups);
        var text = new StringBuilder(39);
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            if (i > 0 && i != start + length)
            {
                text.Append(':');
            }

            text.Append(groups[i].ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    // The first of the longest; a single group is written out.
    private static (int Start, int Length) LongestZeros(ushort[] groups)
    {
        var (bestStart, bestLength) = (-Groups, 1);
        for (var i = 0; i < Groups; i++)
        {
            var end = i;
            while (end < Groups && groups[end] == 0)
            {
                end++;
            }

            if (end - i > bestLength)
            {
                (bestStart, bestLength) = (i, end - i);
            }
        }

        return (bestStart, bestLength);
    }
}
