using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.Patch;

/// <summary>Prints JSON values the way upstream's messages contain them.</summary>
internal static class GoText
{
    /// <summary>The value without quotes, objects with sorted names: <c>map[a:1 b:[x y]]</c>.</summary>
    public static string Print(JsonTree tree)
    {
        var text = new StringBuilder();
        Append(text, tree);
        return text.ToString();
    }

    /// <summary>The value as Go source: <c>map[string]interface {}{"a":1}</c>.</summary>
    public static string PrintSyntax(JsonTree tree) => tree switch
    {
        JsonMap map => $"{Type(map)}{{{string.Join(", ", map.Span.ToArray().OrderBy(static entry => entry.Key, Utf8Order.Comparer).Select(static entry =>
            $"{new JsonText(entry.Key)}:{PrintSyntax(entry.Value)}"))}}}",
        JsonList list => $"{Type(list)}{{{string.Join(", ", list.Select(PrintSyntax))}}}",
        JsonNull => "interface {}(nil)",
        JsonText text => text.ToString(),
        _ => Print(tree),
    };

    /// <summary>The name of the type that holds such a value.</summary>
    public static string Type(JsonTree tree) => tree switch
    {
        JsonMap => "map[string]interface {}",
        JsonList => "[]interface {}",
        JsonText => "string",
        JsonNumber { IsInteger: true } => "int64",
        JsonNumber => "float64",
        JsonBoolean => "bool",
        _ => "nil",
    };

    /// <summary>What JSON calls such a value.</summary>
    public static string Kind(JsonTree tree) => tree switch
    {
        JsonMap => "object",
        JsonList => "array",
        JsonText => "string",
        JsonNumber => "number",
        JsonBoolean => "bool",
        _ => "null",
    };

    private static void Append(StringBuilder text, JsonTree tree)
    {
        switch (tree)
        {
            case JsonMap map:
                var separator = "map[";
                foreach (var (key, value) in map.Span.ToArray().OrderBy(static entry => entry.Key, Utf8Order.Comparer))
                {
                    text.Append(separator).Append(key).Append(':');
                    Append(text, value);
                    separator = " ";
                }

                text.Append(map.Count == 0 ? "map[]" : "]");
                break;
            case JsonList list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    text.Append(i > 0 ? " " : string.Empty);
                    Append(text, list[i]);
                }

                text.Append(']');
                break;
            case JsonText value:
                text.Append(value.Value);
                break;
            case JsonNumber { IsInteger: false } number:
                text.Append(GoFloat.Format(number.Real));
                break;
            case JsonNull:
                text.Append("<nil>");
                break;
            default:
                text.Append(tree);
                break;
        }
    }
}
