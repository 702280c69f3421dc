using System.Text;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Paths of fields and map entries as users write them in definitions: <c>.foo.bar</c>, <c>.foo['a key']</c>.</summary>
internal static class SchemaPath
{
    private const string UnexpectedEnd = "unexpected end of JSON path";
    private const string NoSuchField = "does not refer to a valid field";

    /// <summary>Where a path leads in a schema.</summary>
    /// <param name="Path">The path as errors show it.</param>
    /// <param name="Root">Its first element.</param>
    /// <param name="Schema">The schema there; null for map values that are not described.</param>
    /// <param name="Error">Why it is no path of the schema; null when it is.</param>
    public readonly record struct Target(FieldPath Path, string Root, JSONSchemaProps? Schema, string? Error);

    /// <param name="allowsBrackets">Elements may be written in brackets.</param>
    public static Target Find(string text, JSONSchemaProps root, bool allowsBrackets)
    {
        var (path, first, schema) = (FieldPath.Root, "", (JSONSchemaProps?)root);
        using var tokens = Tokens(text).GetEnumerator();
        while (tokens.MoveNext())
        {
            var isBracket = tokens.Current == "[";
            if (!isBracket && tokens.Current != ".")
            {
                return Failed("expected [ or . but got: " + tokens.Current);
            }

            if (isBracket && !allowsBrackets)
            {
                return Failed("array notation is not allowed");
            }

            if (!tokens.MoveNext())
            {
                return Failed(UnexpectedEnd);
            }

            var name = tokens.Current;
            if (isBracket)
            {
                if (name.Length < 2 || name[0] != '\'' || name[^1] != '\'')
                {
                    return Failed("expected single quoted string but got " + name);
                }

                var (unescaped, problem) = Unescape(name[1..^1]);
                if (unescaped is null)
                {
                    return Failed("invalid string literal: " + problem);
                }

                name = unescaped;
            }

            first = first.Length == 0 ? name : first;
            switch (schema)
            {
                case { Properties.IsNil: false }:
                    path = path.Child(name);
                    if (!schema.Properties.TryGetValue(name, out schema))
                    {
                        return Failed(NoSuchField);
                    }

                    break;
                case { AdditionalProperties: { } values }:
                    path = path.Key(name);
                    schema = values.Schema;
                    break;
                default:
                    return Failed(NoSuchField);
            }

            if (isBracket && !tokens.MoveNext())
            {
                return Failed(UnexpectedEnd);
            }

            if (isBracket && tokens.Current != "]")
            {
                return Failed("expected ] but got " + tokens.Current);
            }
        }

        return new Target(path, first, schema, null);
    }

    private static Target Failed(string error) => new(FieldPath.Root, "", null, error);

    // Delimiters one by one, quoted text with its quotes, and what is between.
    private static IEnumerable<string> Tokens(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var end = text[at] == '\'' ? QuoteEnd(text, at) : text.AsSpan(at + 1).IndexOfAny('.', '[', ']') is >= 0 and var next ? at + 1 + next : text.Length;
            end = text[at] is '.' or '[' or ']' ? at + 1 : end;
            yield return text[at..end];
            at = end;
        }
    }

    private static int QuoteEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\'' && text[i - 1] != '\\')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static (string? Text, string Problem) Unescape(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                output.Append(text[i]);
                continue;
            }

            var letter = text[++i];
            var meant = letter switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                '\'' or '\\' => letter,
                _ => '\0',
            };
            if (meant == '\0')
            {
                return (null, "invalid escape char \\" + letter);
            }

            output.Append(meant);
        }

        return (output.ToString(), "");
    }
}
