using System.Globalization;
using YamlDotNet.Core;

namespace Petrel.Api.Yaml;

/// <summary>Puts a syntax error of the YAML parser into the words, and onto the line, that clients of the API know.</summary>
internal static class YamlProblem
{
    // Where this parser and upstream's put the same complaint differently.
    private static readonly (string Part, string Words)[] Rephrased =
    [
        ("found invalid mapping", "mapping values are not allowed in this context"),
        ("found invalid tab as indentation", "found character that cannot start any token"),
        ("find character that cannot", "found character that cannot start any token"),
        ("tab character that violate", "found a tab character that violates indentation"),
        ("expected hexadecimal number", "did not find expected hexdecimal number"),
        ("invalid Unicode surrogates", "found invalid Unicode character escape code"),
        ("did not find expected token", "did not find expected node content"),
        ("Reached the end of the stream", "unexpected end of stream"),
    ];

    public static string Describe(YamlException exception, string text)
    {
        var message = exception.Message.Trim();
        if (message.Contains("did not find expected key", StringComparison.Ordinal) && LineBehindLoneScalar(exception, text) is { } behind)
        {
            return $"yaml: {Where(behind)}could not find expected ':'";
        }

        // A tab is only noticed here when the line before it is done.
        // Complaints about grammar name the line above: known as a flaw upstream, and relied on.
        var isGrammar = message.StartsWith("While parsing", StringComparison.Ordinal) || message.Contains("<document start>", StringComparison.Ordinal);
        var line = message.Contains("invalid tab as indentation", StringComparison.Ordinal) ? exception.End.Line + 1 : exception.End.Line;
        var where = isGrammar ? Where(exception.Start.Line - 1, first: 1) : Where(line);
        return $"yaml: {where}{Rephrase(message)}";
    }

    /// <summary>Names a line counted from 1; the first line of a text is not named.</summary>
    public static string Where(long line, long first = 2) => line >= first ? string.Create(CultureInfo.InvariantCulture, $"line {line}: ") : string.Empty;

    // A scalar at the beginning of a line where a key must stand, without a colon: upstream notices at the next token.
    private static long? LineBehindLoneScalar(YamlException exception, string text)
    {
        var start = (int)exception.Start.Index;
        var end = Math.Min((int)exception.End.Index, text.Length);
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var rest = text.AsSpan(end).TrimStart(' ');
        if (start == end || !text.AsSpan(lineStart, start - lineStart).IsWhiteSpace() || rest.StartsWith(':') || text[start] is '-' or '?')
        {
            return null;
        }

        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] == '#'))
        {
            var lineEnd = text[next] == '#' ? text.IndexOf('\n', next) : next + 1;
            next = lineEnd < 0 ? text.Length : lineEnd;
        }

        return 1 + text.AsSpan(0, next).Count('\n');
    }

    private static string Rephrase(string message)
    {
        foreach (var (part, words) in Rephrased)
        {
            if (message.Contains(part, StringComparison.Ordinal))
            {
                return words;
            }
        }

        var comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var complaint = message[comma..].Trim().TrimEnd('.');
        return complaint.Length == 0 ? message : char.ToLowerInvariant(complaint[0]) + complaint[1..];
    }
}
