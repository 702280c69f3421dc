using Petrel.Api.Json;

namespace Petrel.Api.Validation;

/// <summary>Text that must be a JSON object, such as the credentials of image registries.</summary>
internal static class JsonObjectText
{
    /// <summary>What is wrong, in the words of Go's decoder; null for an object.</summary>
    public static string? Problem(ReadOnlySpan<byte> text) => JsonSyntax.FindError(text) ?? text.TrimStart(" \t\r\n"u8)[0] switch
    {
        (byte)'{' or (byte)'n' => null,
        (byte)'[' => Mismatch("array"),
        (byte)'"' => Mismatch("string"),
        (byte)'t' or (byte)'f' => Mismatch("bool"),
        _ => Mismatch("number"),
    };

    private static string Mismatch(string kind) => $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";
}
