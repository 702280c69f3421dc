using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Petrel.Api.Selectors;

/// <summary>A field selector, e.g. <c>metadata.name=a,status.phase!=Failed</c>; backslash escapes <c>\ , =</c> in values.</summary>
public sealed class FieldSelectorExpression
{
    private readonly IReadOnlyList<(string Field, string Value, bool Equal)> _terms;

    private FieldSelectorExpression(IReadOnlyList<(string Field, string Value, bool Equal)> terms) => _terms = terms;

    public static FieldSelectorExpression Everything { get; } = new([]);

    public bool IsEmpty => _terms.Count == 0;

    /// <summary>The fields that the selector looks at.</summary>
    public IEnumerable<string> Fields => _terms.Select(term => term.Field);

    /// <summary>Parses the query form. The error is upstream's.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldSelectorExpression? selector, [NotNullWhen(false)] out string? error)
    {
        selector = null;
        var terms = new List<(string, string, bool)>();
        foreach (var term in Split(text))
        {
            if (term.Length == 0)
            {
                continue;
            }

            if (!TryReadTerm(term, out var field, out var raw, out var equal))
            {
                error = $"invalid selector: '{text}'; can't understand '{term}'";
                return false;
            }

            if (!TryUnescape(raw, out var value, out var problem))
            {
                error = "invalid field selector: " + problem;
                return false;
            }

            if (field.Length > 0 || value.Length > 0)
            {
                terms.Add((field, value, equal));
            }
        }

        error = null;
        selector = terms.Count == 0 ? Everything : new FieldSelectorExpression(terms);
        return true;
    }

    /// <summary>This selector and one more term.</summary>
    public FieldSelectorExpression And(string field, string value) => new([.. _terms, (field, value, true)]);

    /// <summary>The value that the selector demands of a field, or null.</summary>
    public string? RequiredValue(string field)
    {
        foreach (var term in _terms)
        {
            if (term.Equal && term.Field == field)
            {
                return term.Value;
            }
        }

        return null;
    }

    /// <param name="valueOf">Value of a field of the object; the empty string when unset.</param>
    public bool Matches(Func<string, string> valueOf)
    {
        foreach (var (field, value, equal) in _terms)
        {
            if ((valueOf(field) == value) != equal)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static bool TryReadTerm(string term, out string field, out string value, out bool equal)
    {
        (field, value, equal) = ("", "", true);
        var position = term.IndexOf('=', StringComparison.Ordinal);
        if (position < 0)
        {
            return false;
        }

        equal = position == 0 || term[position - 1] != '!';
        field = term[..(equal ? position : position - 1)];
        value = term[(position + 1)..];
        if (value.StartsWith('=') && equal)
        {
            value = value[1..];
        }

        return true;
    }

    private static bool TryUnescape(string raw, out string value, out string problem)
    {
        (value, problem) = ("", "");
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\')
            {
                if (i + 1 == raw.Length || raw[i + 1] is not ('\\' or ',' or '='))
                {
                    problem = "invalid escape sequence: \\" + (i + 1 < raw.Length ? raw[i + 1] : "");
                    return false;
                }

                text.Append(raw[++i]);
            }
            else if (raw[i] is ',' or '=')
            {
                problem = $"unescaped character in value: {(int)raw[i]}";
                return false;
            }
            else
            {
                text.Append(raw[i]);
            }
        }

        value = text.ToString();
        return true;
    }
}
