using Petrel.Api.Json;
using Petrel.Api.Patch;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Values of custom objects as error texts show them: texts and numbers as they are, all else in the syntax of Go.</summary>
internal static class GoValue
{
    public static object Of(JsonTree value) => value switch
    {
        JsonText text => text.Value,
        JsonNumber { IsInteger: true } number => number.Integer,
        JsonNumber number => new Verbatim(GoFloat.Format(number.Real)),
        JsonBoolean flag => flag.Equals(JsonBoolean.True),
        _ => new Verbatim(GoText.PrintSyntax(value)),
    };
}
