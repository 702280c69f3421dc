using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Petrel.Api.Json;

/// <summary>
/// Makes JSON from clients readable whose strings hold broken UTF-8 or halves of surrogate pairs: each becomes U+FFFD, as in upstream's
/// reader, so that neither is an error and neither gets into the store.
/// </summary>
public static class JsonUnicode
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes where there is nothing to repair.</summary>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        }

        return json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0 ? json : WithoutHalves(json.Span);
    }

    private static ReadOnlyMemory<byte> WithoutHalves(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length);
        while (true)
        {
            var escape = json.IndexOf((byte)'\\');
            if (escape < 0 || escape + 1 >= json.Length)
            {
                output.Write(json);
                return output.WrittenMemory;
            }

            output.Write(json[..escape]);
            json = json[escape..];
            var (length, isHalf) = UnitOf(json) switch
            {
                null => (2, false),
                { } unit when char.IsHighSurrogate(unit) && UnitOf(json[EscapeLength..]) is { } next && char.IsLowSurrogate(next) => (2 * EscapeLength, false),
                { } unit => (EscapeLength, char.IsSurrogate(unit)),
            };
            output.Write(isHalf ? "\\ufffd"u8 : json[..length]);
            json = json[length..];
        }
    }

    /// <summary>The UTF-16 unit that the text starts with an escape for; null when it starts with something else.</summary>
    private static char? UnitOf(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u'
        && Utf8Parser.TryParse(json.Slice(2, 4), out ushort unit, out var length, 'x') && length == 4
            ? (char)unit
            : null;
}
