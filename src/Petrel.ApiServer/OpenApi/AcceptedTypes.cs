using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Petrel.ApiServer.OpenApi;

/// <summary>
/// Reads Accept headers whose media types are no tokens of RFC 9110: those of OpenAPI's protobuf form have an @ in them,
/// which header parsers refuse.
/// </summary>
internal static class AcceptedTypes
{
    /// <summary>Ranges considered; the rest of a hostile header is ignored.</summary>
    private const int RangesMax = 32;

    /// <summary>Media types in the order in which the client wants them; anything when it does not say.</summary>
    public static IReadOnlyList<string> Of(StringValues accept)
    {
        var ranges = accept.SelectMany(static value => (value ?? "").Split(',')).Take(RangesMax).Select(Parse).Where(static range => range is { Type.Length: > 0, Quality: > 0 }).ToList();
        return accept.All(string.IsNullOrWhiteSpace) ? ["*/*"] : [.. ranges.OrderByDescending(range => range.Quality).Select(range => range.Type)];
    }

    /// <summary>Whether a client takes gzip.</summary>
    public static bool IncludeGzip(StringValues acceptEncoding) => Of(acceptEncoding).Any(static coding => coding == "gzip");

    private static (string Type, double Quality) Parse(string range)
    {
        var parts = range.Split(';', StringSplitOptions.TrimEntries);
        var quality = 1.0;
        foreach (var parameter in parts.AsSpan(1))
        {
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && !double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality))
            {
                quality = 0;
            }
        }

        return (parts[0].ToLowerInvariant(), quality);
    }
}
