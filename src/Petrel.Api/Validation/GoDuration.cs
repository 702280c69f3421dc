using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Petrel.Api.Validation;

/// <summary>Reads durations as Go writes them: <c>300ms</c>, <c>-1.5h</c>, <c>2h45m</c>.</summary>
public static class GoDuration
{
    private const double SecondsMax = 9_223_372_036;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly Dictionary<string, double> SecondsPerUnit = new(StringComparer.Ordinal)
    {
        ["ns"] = 1e-9,
        ["us"] = 1e-6,
        ["µs"] = 1e-6,
        ["μs"] = 1e-6,
        ["ms"] = 1e-3,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3600,
    };

    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith('-');
        rest = isNegative || rest.StartsWith('+') ? rest[1..] : rest;
        error = $"time: invalid duration {FieldErrors.Quote(text)}";
        if (rest is "0")
        {
            error = null;
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        var seconds = 0d;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAnyExcept(NumberCharacters);
            var number = end < 0 ? rest : rest[..end];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return false;
            }

            if (end < 0)
            {
                error = $"time: missing unit in duration {FieldErrors.Quote(text)}";
                return false;
            }

            rest = rest[end..];
            var next = rest.IndexOfAny(NumberCharacters);
            var unit = (next < 0 ? rest : rest[..next]).ToString();
            if (!SecondsPerUnit.TryGetValue(unit, out var factor))
            {
                error = $"time: unknown unit {FieldErrors.Quote(unit)} in duration {FieldErrors.Quote(text)}";
                return false;
            }

            seconds += amount * factor;
            rest = rest[unit.Length..];
        }

        if (seconds > SecondsMax)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(isNegative ? -seconds : seconds);
        error = null;
        return true;
    }
}
