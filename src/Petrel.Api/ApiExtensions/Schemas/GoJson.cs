using System.Globalization;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>JSON values as upstream's errors show them: in Go's syntax.</summary>
public static class GoJson
{
    /// <summary>The value of an error: text quoted, numbers and booleans plain, the rest in Go's own syntax.</summary>
    public static string Text(JsonTree value) => value switch
    {
        JsonNumber { IsInteger: false } number => GoFloat.Format(number.Real),
        JsonNull => "\"null\"",
        _ => Syntax(value),
    };

    private static string Syntax(JsonTree value) => value switch
    {
        JsonMap map => $"map[string]interface {{}}{{{string.Join(", ", map.OrderBy(static entry => entry.Key, Utf8Order.Comparer).Select(static entry => $"{GoSyntax.Quote(entry.Key)}:{Syntax(entry.Value)}"))}}}",
        JsonList list => $"[]interface {{}}{{{string.Join(", ", list.Select(Syntax))}}}",
        JsonText text => GoSyntax.Quote(text.Value),
        JsonNumber { IsInteger: true } number => number.Integer.ToString(CultureInfo.InvariantCulture),
        JsonNumber number => GoFloat.Format(number.Real),
        JsonBoolean flag => flag.Value ? "true" : "false",
        _ => "interface {}(nil)",
    };
}
