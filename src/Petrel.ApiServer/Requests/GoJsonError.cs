using System.Text.Json;

namespace Petrel.ApiServer.Requests;

/// <summary>Says what is wrong with broken JSON the way clients of Kubernetes know it (Go's encoding/json syntax errors).</summary>
internal static class GoJsonError
{
    public static string Describe(JsonException bad, ReadOnlySpan<byte> json)
    {
        var trimmed = json.TrimEnd(" \t\r\n"u8);
        var offset = OffsetOf(bad, json);
        if (trimmed.IsEmpty || offset >= trimmed.Length)
        {
            return "unexpected end of JSON input";
        }

        var found = (char)json[(int)offset];
        var shown = found switch
        {
            '\'' => "'\\''",
            '"' => "'\"'",
            < ' ' => $"'\\x{(int)found:x2}'",
            _ => $"'{found}'",
        };
        return offset == 0 ? $"invalid character {shown} looking for beginning of value" : $"invalid character {shown} in JSON at byte {offset}";
    }

    private static long OffsetOf(JsonException bad, ReadOnlySpan<byte> json)
    {
        var line = bad.LineNumber ?? 0;
        var offset = 0;
        for (; line > 0; line--)
        {
            var newline = json[offset..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                break;
            }

            offset += newline + 1;
        }

        return Math.Min(offset + (bad.BytePositionInLine ?? json.Length), json.Length);
    }
}
