using System.Text;

namespace Petrel.Api.Yaml;

/// <summary>The styles that keep a text (YAML 1.1, chapter 9): what its characters and their places rule out.</summary>
internal readonly record struct YamlTextStyles(bool Plain, bool SingleQuoted, bool Literal)
{
    public static YamlTextStyles Of(ReadOnlySpan<Rune> text)
    {
        if (text.IsEmpty)
        {
            return new(Plain: false, SingleQuoted: true, Literal: false);
        }

        var (special, indicator, breaks, spaceThenBreak, breakThenSpace) = (false, StartsLikeMarker(text), false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            indicator |= IsIndicator(text, i);
            special |= !IsPrintable(text[i]) && !IsBreak(text[i]);
            breaks |= IsBreak(text[i]);
            spaceThenBreak |= i > 0 && text[i - 1].Value == ' ' && IsBreak(text[i]);
            breakThenSpace |= i > 0 && IsBreak(text[i - 1]) && text[i].Value == ' ';
        }

        var blankEdge = text[0].Value == ' ' || text[^1].Value == ' ';
        var lost = special || spaceThenBreak;
        return new(
            Plain: !(lost || indicator || breaks || blankEdge),
            SingleQuoted: !(lost || breakThenSpace),
            Literal: !lost && text[^1].Value != ' ');
    }

    /// <summary>True for what may be written as it is; tabs and most control characters are escaped.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value is not (0xfeff or 0x85 or '\t' or '\r' or '\n' or 0x2028 or 0x2029) && YamlCharacters.IsAllowed(rune.Value);

    // Other line breaks are escaped, as readers would normalise them.
    private static bool IsBreak(Rune rune) => rune.Value == '\n';

    private static bool StartsLikeMarker(ReadOnlySpan<Rune> text) =>
        text.Length >= 3 && text[0] == text[1] && text[1] == text[2] && text[0].Value is '-' or '.';

    private static bool IsIndicator(ReadOnlySpan<Rune> text, int index)
    {
        var blankFollows = index + 1 == text.Length || text[index + 1].Value is ' ' or '\t' || IsBreak(text[index + 1]);
        return text[index].Value switch
        {
            '#' => index == 0 || text[index - 1].Value is ' ' or '\t' || IsBreak(text[index - 1]),
            ':' => blankFollows,
            '?' or '-' => index == 0 && blankFollows,
            ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => index == 0,
            _ => false,
        };
    }
}
