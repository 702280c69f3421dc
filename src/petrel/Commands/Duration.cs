using System.CommandLine.Parsing;
using System.Globalization;

namespace Petrel.Program.Commands;

/// <summary>Durations as users write them: a number with the unit s, m or h; a bare number means seconds.</summary>
internal static class Duration
{
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens is [{ } only] ? only.Value : "";
        var (number, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 's');
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000)
        {
            switch (unit)
            {
                case 's': return TimeSpan.FromSeconds(value);
                case 'm': return TimeSpan.FromMinutes(value);
                case 'h': return TimeSpan.FromHours(value);
            }
        }

        result.AddError($"\"{text}\" is no duration such as 90s, 2m or 1h");
        return default;
    }
}
