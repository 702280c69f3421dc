using System.Globalization;
using System.Text;
using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>Reads what stands between quotes.</summary>
internal static class Escapes
{
    /// <summary>The string or the bytes; null when an escape is wrong, which is then at <paramref name="badAt"/>.</summary>
    public static CelValue? Read(string text, bool isRaw, bool isBytes, out int badAt)
    {
        badAt = 0;
        if (isRaw || !text.Contains('\\', StringComparison.Ordinal))
        {
            return isBytes ? new CelBytes(Encoding.UTF8.GetBytes(text)) : new CelString(text);
        }

        var output = new MemoryStream(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var length = text[at] == '\\' ? ReadEscape(text, at, isBytes, output) : Copy(text, at, output);
            if (length == 0)
            {
                badAt = at + 1;
                return null;
            }

            at += length;
        }

        var bytes = output.ToArray();
        return isBytes ? new CelBytes(bytes) : CodePoints.FromUtf8(bytes) is { } value ? new CelString(value) : null;
    }

    private static int Copy(string text, int at, MemoryStream output)
    {
        var length = CodePoints.Length(text, at);
        output.Write(Encoding.UTF8.GetBytes(text[at..(at + length)]));
        return length;
    }

    // Chars that the escape takes, 0 when there is no such escape.
    private static int ReadEscape(string text, int at, bool isBytes, MemoryStream output)
    {
        if (at + 1 >= text.Length)
        {
            return 0;
        }

        var c = text[at + 1];
        var simple = c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' or '`' or '?' => c,
            _ => '\0',
        };
        if (simple != '\0')
        {
            output.WriteByte((byte)simple);
            return 2;
        }

        var (digits, start, isOctal) = c switch
        {
            'x' or 'X' => (2, 2, false),
            'u' when !isBytes => (4, 2, false),
            'U' when !isBytes => (8, 2, false),
            >= '0' and <= '3' => (3, 1, true),
            _ => (0, 0, false),
        };
        if (digits == 0 || at + start + digits > text.Length)
        {
            return 0;
        }

        var number = text.Substring(at + start, digits);
        uint code;
        if (isOctal)
        {
            if (number.AsSpan().ContainsAnyExceptInRange('0', '7'))
            {
                return 0;
            }

            code = Convert.ToUInt32(number, 8);
        }
        else if (!uint.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
        {
            return 0;
        }

        if (isBytes)
        {
            output.WriteByte((byte)code);
        }
        else if (Rune.IsValid(code))
        {
            output.Write(Encoding.UTF8.GetBytes(new Rune(code).ToString()));
        }
        else
        {
            return 0;
        }

        return start + digits;
    }
}
