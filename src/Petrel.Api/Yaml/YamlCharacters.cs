using System.Buffers;
using System.Text;

namespace Petrel.Api.Yaml;

/// <summary>Which bytes may stand in a YAML text at all.</summary>
internal static class YamlCharacters
{
    public static string? FindError(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
            if (plain < 0)
            {
                return null;
            }

            utf8 = utf8[plain..];
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != OperationStatus.Done)
            {
                return "yaml: invalid Unicode character";
            }

            if (!IsAllowed(rune.Value))
            {
                return "yaml: control characters are not allowed";
            }

            utf8 = utf8[length..];
        }

        return null;
    }

    /// <summary>The printable characters of YAML, and its line breaks.</summary>
    public static bool IsAllowed(int codePoint) => codePoint is '\t' or '\n' or '\r' or 0x85 or (>= 0x20 and <= 0x7e)
        or (>= 0xa0 and <= 0xd7ff) or (>= 0xe000 and <= 0xfffd) or (>= 0x10000 and <= 0x10ffff);
}
