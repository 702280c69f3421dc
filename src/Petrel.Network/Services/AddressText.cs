using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Petrel.Network.Services;

/// <summary>
/// Reads addresses and ranges as API objects may hold them: leading zeros are decimal, not octal, and a range may name
/// any address in it (both allowed in stored objects by upstream's "sloppy" parsers, KEP-4858).
/// </summary>
internal static class AddressText
{
    /// <summary>The address, or null when the text is none.</summary>
    public static IPAddress? Address(string text) =>
        IPAddress.TryParse(text.Contains(':', StringComparison.Ordinal) ? text : WithoutLeadingZeros(text), out IPAddress? address)
            ? address
            : null;

    /// <summary>The range, or null when the text is none.</summary>
    public static IPNetwork? Range(string text)
    {
        string[] parts = text.Trim().Split('/');
        if (parts.Length != 2
            || Address(parts[0]) is not IPAddress address
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static string WithoutLeadingZeros(string text) => string.Join('.', text.Split('.').Select(part =>
        part.Length > 1 ? part.TrimStart('0').PadLeft(1, '0') : part));
}
