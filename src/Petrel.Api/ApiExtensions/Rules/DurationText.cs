using System.Buffers;
using System.Globalization;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>The format "duration": Go's (1h30m), or amounts with units in words (3 days). Fractions only in Go's.</summary>
public static class DurationText
{
    private const decimal Second = 1_000_000_000;

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> UnitEnds = SearchValues.Create("0123456789. ");

    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["nano"] = 1,
        ["us"] = 1_000,
        ["µs"] = 1_000,
        ["μs"] = 1_000,
        ["micro"] = 1_000,
        ["ms"] = 1_000_000,
        ["milli"] = 1_000_000,
        ["s"] = Second,
        ["sec"] = Second,
        ["second"] = Second,
        ["m"] = 60 * Second,
        ["min"] = 60 * Second,
        ["minute"] = 60 * Second,
        ["h"] = 3600 * Second,
        ["hr"] = 3600 * Second,
        ["hour"] = 3600 * Second,
        ["d"] = 24 * 3600 * Second,
        ["day"] = 24 * 3600 * Second,
        ["w"] = 7 * 24 * 3600 * Second,
        ["wk"] = 7 * 24 * 3600 * Second,
        ["week"] = 7 * 24 * 3600 * Second,
    };

    /// <summary>Nanoseconds; null when the text is no duration or too long a one.</summary>
    public static long? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        var isNegative = rest.StartsWith("-");
        rest = isNegative || rest.StartsWith("+") ? rest[1..] : rest;
        if (rest.SequenceEqual("0"))
        {
            return 0;
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        decimal total = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberSigns);
            if (digits <= 0 || digits > 20 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..].TrimStart();
            var letters = rest.IndexOfAny(UnitEnds);
            var unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..].TrimStart();
            if (UnitOf(unit.ToString()) is not { } scale || number > long.MaxValue / scale)
            {
                return null;
            }

            total += decimal.Truncate(number * scale);
        }

        return total > long.MaxValue ? null : (isNegative ? -1 : 1) * (long)total;
    }

    private static decimal? UnitOf(string unit)
    {
        var singular = unit.Length > 2 && unit.EndsWith('s') && !Units.ContainsKey(unit) ? unit[..^1] : unit;
        return Units.TryGetValue(singular, out var scale) ? scale : null;
    }
}
