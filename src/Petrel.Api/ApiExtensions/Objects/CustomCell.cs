using Petrel.Api.Validation;
using Petrel.Api.Json;
using Petrel.Api.Resources;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>A printer column: which value of an object it shows, and as what.</summary>
internal sealed record CustomCell(string Type, JsonPathText Path)
{
    /// <summary>The cell; null where there is nothing, or nothing of the type, to show.</summary>
    public object? Of(JsonTree root, DateTimeOffset now)
    {
        var values = Path.Find(root).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        return (Type, values[0]) switch
        {
            ("string", var value) => Text(value),
            ("integer", JsonNumber number) => number.Integer,
            ("number", JsonNumber number) => number.Real,
            ("boolean", JsonBoolean flag) => flag.Equals(JsonBoolean.True),
            ("date", JsonText text) => Date(text.Value, now),
            _ => null,
        };
    }

    // No time at all is unknown, as in query parameters.
    private static string Date(string text, DateTimeOffset now) => text is "" or "null" ? TableText.Unknown
        : new TimeParser(text, micro: false).TryParse(out var time, out _) ? TableText.Age(time, now) : "<invalid>";

    private static string Text(JsonTree value) => value switch
    {
        JsonText text => text.Value,
        JsonNumber { IsInteger: false } number => GoFloat.Format(number.Real),
        JsonNull => "<no value>",
        _ => value.ToString(),
    };
}
