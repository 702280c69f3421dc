using System.Buffers;
using System.Text;

namespace Petrel.Api.Json;

/// <summary>Writes trees as compact UTF-8 JSON, escaped as the API escapes: also <c>&lt; &gt; &amp;</c> and the Unicode line separators.</summary>
internal static class JsonTreeWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static unit => (char)unit), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    public static void Write(JsonTree tree, IBufferWriter<byte> output)
    {
        switch (tree)
        {
            case JsonMap map:
                WriteMap(map, output);
                break;
            case JsonList list:
                WriteList(list, output);
                break;
            case JsonText text:
                WriteText(text.Value, output);
                break;
            case JsonNumber number:
                output.Advance(number.Format(output.GetSpan(JsonNumber.MaxLength)));
                break;
            case JsonBoolean boolean:
                output.Write(boolean.Value ? "true"u8 : "false"u8);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    public static void WriteText(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        WriteByte((byte)'"', output);
        while (!text.IsEmpty)
        {
            var next = text.IndexOfAny(Escaped);
            var plain = next < 0 ? text : text[..next];
            Encoding.UTF8.GetBytes(plain, output);
            if (next < 0)
            {
                break;
            }

            WriteEscape(text[next], output);
            text = text[(next + 1)..];
        }

        WriteByte((byte)'"', output);
    }

    private static void WriteMap(JsonMap map, IBufferWriter<byte> output)
    {
        WriteByte((byte)'{', output);
        var first = true;
        foreach (var (key, value) in map.Span)
        {
            if (!first)
            {
                WriteByte((byte)',', output);
            }

            first = false;
            WriteText(key, output);
            WriteByte((byte)':', output);
            Write(value, output);
        }

        WriteByte((byte)'}', output);
    }

    private static void WriteList(JsonList list, IBufferWriter<byte> output)
    {
        WriteByte((byte)'[', output);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                WriteByte((byte)',', output);
            }

            Write(list[i], output);
        }

        WriteByte((byte)']', output);
    }

    private static void WriteEscape(char unit, IBufferWriter<byte> output)
    {
        var shorthand = unit switch
        {
            '"' or '\\' => unit,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        if (shorthand != '\0')
        {
            WriteByte((byte)'\\', output);
            WriteByte((byte)shorthand, output);
            return;
        }

        const string Digits = "0123456789abcdef";
        output.Write([(byte)'\\', (byte)'u', (byte)Digits[unit >> 12], (byte)Digits[(unit >> 8) & 15], (byte)Digits[(unit >> 4) & 15], (byte)Digits[unit & 15]]);
    }

    private static void WriteByte(byte value, IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
