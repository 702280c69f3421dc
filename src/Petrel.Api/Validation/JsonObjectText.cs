using System.Text.Json;

namespace Petrel.Api.Validation;

/// <summary>Text that must be a JSON object, such as the credentials of image registries.</summary>
internal static class JsonObjectText
{
    /// <summary>What is wrong, in the words of Go's decoder where it has a fixed text; null for an object.</summary>
    public static string? Problem(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            if (!reader.Read())
            {
                return "unexpected end of JSON input";
            }

            var start = reader.TokenType;
            reader.Skip();
            while (reader.Read())
            {
            }

            return start switch
            {
                JsonTokenType.StartObject or JsonTokenType.Null => null,
                JsonTokenType.StartArray => Mismatch("array"),
                JsonTokenType.String => Mismatch("string"),
                JsonTokenType.Number => Mismatch("number"),
                _ => Mismatch("bool"),
            };
        }
        catch (JsonException problem)
        {
            return Describe(text, problem);
        }
    }

    private static string Mismatch(string kind) => $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";

    private static string Describe(ReadOnlySpan<byte> text, JsonException problem)
    {
        var position = Position(text, problem);
        if (position >= text.Length)
        {
            return "unexpected end of JSON input";
        }

        return $"invalid character '{(char)text[position]}' looking for beginning of value";
    }

    private static int Position(ReadOnlySpan<byte> text, JsonException problem)
    {
        var line = problem.LineNumber ?? 0;
        var start = 0;
        for (; line > 0; line--)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (int)(problem.BytePositionInLine ?? 0);
    }
}
