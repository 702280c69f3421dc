using System.Net;
using System.Text;

namespace Petrel.Dns.Kubernetes;

/// <summary>The address in a pod's name: <c>10-244-0-7</c> or <c>fd00--7</c> (specification section 2.6).</summary>
internal static class PodAddress
{
    private const int Ipv4Dashes = 3;

    public static bool TryParse(ReadOnlySpan<byte> label, out IPAddress address)
    {
        address = IPAddress.None;
        foreach (byte value in label)
        {
            // The framework's parser takes more than addresses of pods: scopes, brackets, hexadecimal IPv4 parts.
            if (value != '-' && !char.IsAsciiHexDigit((char)value))
            {
                return false;
            }
        }

        bool isIpv4 = label.Count((byte)'-') == Ipv4Dashes && label.IndexOf("--"u8) < 0;
        string text = Encoding.ASCII.GetString(label).Replace('-', isIpv4 ? '.' : ':');
        if (isIpv4 && text.Split('.').Any(part => part.Length > 1 && part[0] == '0'))
        {
            return false;
        }

        return IPAddress.TryParse(text, out address!) && (isIpv4 || text.Contains(':', StringComparison.Ordinal));
    }
}
