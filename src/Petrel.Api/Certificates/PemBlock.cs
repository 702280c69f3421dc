using System.Text;

namespace Petrel.Api.Certificates;

/// <summary>A part of a PEM file: <c>-----BEGIN TYPE-----</c>, headers perhaps, base64 and the end line.</summary>
internal sealed record PemBlock(string Type, bool HasHeaders, byte[] Content)
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>All blocks in the text, with whatever stands between them left out.</summary>
    public static IEnumerable<PemBlock> ReadAll(ReadOnlyMemory<byte> text)
    {
        var lines = Encoding.UTF8.GetString(text.Span).Split('\n').Select(static line => line.TrimEnd(' ', '\t', '\r')).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Begin, StringComparison.Ordinal) || !lines[i].EndsWith(Dashes, StringComparison.Ordinal) || lines[i].Length < Begin.Length + Dashes.Length)
            {
                continue;
            }

            var type = lines[i][Begin.Length..^Dashes.Length];
            var end = Array.IndexOf(lines, End + type + Dashes, i + 1);
            if (end >= 0 && Read(type, lines.AsSpan(i + 1, end - i - 1)) is { } block)
            {
                yield return block;
                i = end;
            }
        }
    }

    private static PemBlock? Read(string type, ReadOnlySpan<string> lines)
    {
        var headers = 0;
        while (headers < lines.Length && lines[headers].Contains(':', StringComparison.Ordinal))
        {
            headers++;
        }

        var base64 = string.Concat(lines[headers..]);
        var content = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, content, out var length) ? new PemBlock(type, headers > 0, content[..length]) : null;
    }
}
