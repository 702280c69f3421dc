using System.Buffers;
using System.Globalization;

namespace Petrel.Cel.Values;

/// <summary>Timestamps (RFC 3339) and durations (Go's form, e.g. 1h30m) as text.</summary>
internal static class TimeText
{
    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.");

    public static string Format(CelTimestamp time)
    {
        var text = DateTimeOffset.FromUnixTimeSeconds(time.Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return time.Nanoseconds == 0 ? text + "Z" : text + "." + time.Nanoseconds.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0') + "Z";
    }

    public static CelTimestamp? Parse(string text)
    {
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        if (!DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var at = 19;
        var nanoseconds = 0;
        if (text[at] is '.' or ',')
        {
            var start = ++at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == start)
            {
                return null;
            }

            nanoseconds = int.Parse(text[start..Math.Min(at, start + 9)].PadRight(9, '0'), CultureInfo.InvariantCulture);
        }

        if (OffsetSeconds(text[at..]) is not { } offset)
        {
            return null;
        }

        var seconds = new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeSeconds() - offset;
        return CelTimestamp.TryCreate(seconds, nanoseconds);
    }

    /// <summary>Nanoseconds of a duration; null when it is none or too long.</summary>
    public static long? ParseDuration(string text)
    {
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

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
            if (digits <= 0 || digits > 25 || rest[..digits].Count('.') > 1 || rest[..digits].SequenceEqual(".")
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberSigns);
            var unit = letters < 0 ? rest : rest[..letters];
            decimal? scale = unit switch
            {
                "ns" => 1,
                "us" or "µs" or "μs" => 1_000,
                "ms" => 1_000_000,
                "s" => CelDuration.NanosecondsPerSecond,
                "m" => 60 * CelDuration.NanosecondsPerSecond,
                "h" => 3600 * CelDuration.NanosecondsPerSecond,
                _ => null,
            };
            if (scale is null || number > long.MaxValue / scale.Value)
            {
                return null;
            }

            total += decimal.Truncate(number * scale.Value);
            rest = rest[unit.Length..];
        }

        return total > long.MaxValue ? null : isNegative ? -(long)total : (long)total;
    }

    private static int? OffsetSeconds(string text)
    {
        if (text == "Z")
        {
            return 0;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 24 || minutes > 60)
        {
            return null;
        }

        var seconds = (hours * 3600) + (minutes * 60);
        return text[0] == '-' ? -seconds : seconds;
    }
}
