using System.Globalization;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads query parameters as upstream's conversions do.</summary>
internal static class QueryValues
{
    /// <summary>A bool parameter: absent, <c>false</c> and <c>0</c> are false, everything else is true (also an empty value).</summary>
    public static bool Flag(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return false;
        }

        return !string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase) && values[0] != "0";
    }

    /// <summary>A three-valued bool parameter: null when absent.</summary>
    public static bool? OptionalFlag(IQueryCollection query, string name) => query.ContainsKey(name) ? Flag(query, name) : null;

    public static string Text(IQueryCollection query, string name) => query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : "";

    /// <summary>An int64 parameter; null when absent or empty.</summary>
    /// <exception cref="StatusException">400 when it is no number.</exception>
    public static long? Number(IQueryCollection query, string name)
    {
        var text = Text(query, name);
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        var range = text.TrimStart('+', '-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);
        throw new StatusException(Statuses.BadRequest($"strconv.ParseInt: parsing \"{text}\": {(range ? "value out of range" : "invalid syntax")}"));
    }
}
