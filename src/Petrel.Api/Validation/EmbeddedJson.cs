using Petrel.Api.Json;

namespace Petrel.Api.Validation;

/// <summary>Text inside a field that must be JSON of one kind, such as the credentials of image registries.</summary>
internal static class EmbeddedJson
{
    public const string Object = "object";

    public const string Array = "array";

    /// <summary>What is wrong, in the words of Go's decoder; null for the kind that is expected and for null.</summary>
    /// <param name="goType">What Go would decode the text into.</param>
    public static string? Problem(ReadOnlySpan<byte> text, string expected, string goType)
    {
        if (JsonSyntax.FindError(text) is { } error)
        {
            return error;
        }

        var kind = text.TrimStart(" \t\r\n"u8)[0] switch
        {
            (byte)'{' => Object,
            (byte)'n' => expected,
            (byte)'[' => Array,
            (byte)'"' => "string",
            (byte)'t' or (byte)'f' => "bool",
            _ => "number",
        };
        return kind == expected ? null : $"json: cannot unmarshal {kind} into Go value of type {goType}";
    }
}
