using System.Globalization;
using System.Text;

namespace Petrel.Dns.Wire;

/// <summary>The presentation form of names: dots between labels, <c>\.</c> and <c>\DDD</c> escapes (RFC 1035 section 5.1).</summary>
internal static class DnsNameText
{
    public static bool TryParse(string text, out DnsName name)
    {
        name = DnsName.Root;
        if (text.Length == 0)
        {
            return false;
        }

        if (text == ".")
        {
            return true;
        }

        Span<byte> wire = stackalloc byte[WireLimits.NameBytesMax];
        int labelStart = 0;
        int end = 1;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '.')
            {
                if (!TryCloseLabel(wire, labelStart, end))
                {
                    return false;
                }

                labelStart = end++;
                i++;
                continue;
            }

            // The last byte is kept for the root label.
            if (end >= WireLimits.NameBytesMax - 1 || !TryReadByte(text, ref i, out wire[end]))
            {
                return false;
            }

            end++;
        }

        bool endsWithDot = end == labelStart + 1;
        if (!endsWithDot)
        {
            if (!TryCloseLabel(wire, labelStart, end))
            {
                return false;
            }

            labelStart = end;
        }

        wire[labelStart] = 0;
        name = new DnsName(wire[..(labelStart + 1)].ToArray());
        return true;
    }

    public static string Format(DnsName name)
    {
        if (name.IsRoot)
        {
            return ".";
        }

        StringBuilder text = new(name.Wire.Length);
        for (DnsName rest = name; !rest.IsRoot; rest = rest.Parent)
        {
            foreach (byte value in rest.FirstLabel)
            {
                AppendByte(text, value);
            }

            text.Append('.');
        }

        return text.ToString();
    }

    private static bool TryCloseLabel(Span<byte> wire, int labelStart, int end)
    {
        int length = end - labelStart - 1;
        if (length is 0 or > WireLimits.LabelBytesMax || end >= WireLimits.NameBytesMax)
        {
            return false;
        }

        wire[labelStart] = (byte)length;
        return true;
    }

    private static bool TryReadByte(string text, ref int index, out byte value)
    {
        value = 0;
        char first = text[index++];
        if (first != '\\')
        {
            value = (byte)first;
            return first < 0x80;
        }

        if (index + 3 <= text.Length && char.IsAsciiDigit(text[index]))
        {
            ReadOnlySpan<char> digits = text.AsSpan(index, 3);
            index += 3;
            return byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        if (index >= text.Length || text[index] >= 0x80 || char.IsAsciiDigit(text[index]))
        {
            return false;
        }

        value = (byte)text[index++];
        return true;
    }

    private static void AppendByte(StringBuilder text, byte value)
    {
        switch (value)
        {
            case (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$':
                text.Append('\\').Append((char)value);
                break;
            case > 0x20 and < 0x7F:
                text.Append((char)value);
                break;
            default:
                text.Append('\\').Append(value.ToString("D3", CultureInfo.InvariantCulture));
                break;
        }
    }
}
