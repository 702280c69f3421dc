using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Petrel.Api;

/// <summary>
/// Reads RFC 3339 times field by field, as leniently and with the same complaints as the API: the part of the text that did
/// not fit and the part of the layout it was read as.
/// </summary>
internal ref struct TimeParser(ReadOnlySpan<char> text, bool micro)
{
    private const string SecondsLayout = "2006-01-02T15:04:05Z07:00";
    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";
    private const string MicroFraction = ".000000";

    private readonly ReadOnlySpan<char> _text = text;
    private ReadOnlySpan<char> _rest = text;
    private string? _error;

    public bool TryParse(out DateTimeOffset time, [NotNullWhen(false)] out string? error)
    {
        var year = Number("2006", 4, 4, 0, 9999, "year");
        Literal("-");
        var month = Number("01", 2, 2, 1, 12, "month");
        Literal("-");
        var day = Number("02", 2, 2, 0, 99, "day");
        Literal("T");
        var hour = Number("15", 1, 2, 0, 23, "hour");
        Literal(":");
        var minute = Number("04", 2, 2, 0, 59, "minute");
        Literal(":");
        var second = Number("05", 2, 2, 0, 59, "second");
        var ticks = Fraction();
        var offset = Offset();
        if (_error is null && !_rest.IsEmpty)
        {
            Complain($": extra text: {Quote(_rest)}");
        }

        if (_error is null && (day < 1 || day > DateTime.DaysInMonth(Math.Max(year, 1), month)))
        {
            Complain(": day out of range");
        }

        time = _error is null ? Compose(new TimeOfYear(year, month, day, hour, minute, second), ticks, offset) : default;
        error = _error;
        return error is null;
    }

    private DateTimeOffset Compose(TimeOfYear at, long ticks, TimeSpan offset)
    {
        if (at.Year >= 1)
        {
            var local = new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute, at.Second, DateTimeKind.Unspecified).Ticks;
            var utc = local + ticks - offset.Ticks;
            if (utc >= 0 && utc <= DateTime.MaxValue.Ticks)
            {
                return new DateTimeOffset(utc, TimeSpan.Zero);
            }
        }

        Complain(": year out of range");
        return default;
    }

    private int Number(string layout, int minDigits, int maxDigits, int min, int max, string name)
    {
        var digits = 0;
        var number = 0;
        while (digits < maxDigits && digits < _rest.Length && char.IsAsciiDigit(_rest[digits]))
        {
            number = (number * 10) + (_rest[digits++] - '0');
        }

        if (digits < minDigits)
        {
            Complain(_rest, layout);
        }

        _rest = _rest[digits..];
        if (number < min || number > max)
        {
            Complain($": {name} out of range");
        }

        return number;
    }

    private void Literal(string literal)
    {
        if (_rest.StartsWith(literal, StringComparison.Ordinal))
        {
            _rest = _rest[literal.Length..];
            return;
        }

        Complain(_rest, literal);
    }

    // Ticks of 100 ns; finer digits are not kept.
    private long Fraction()
    {
        var present = _rest.Length >= 2 && _rest[0] is '.' or ',' && char.IsAsciiDigit(_rest[1]);
        if (!micro && !present)
        {
            return 0;
        }

        var digits = micro ? MicroFraction.Length - 1 : CountDigits(_rest[1..]);
        if (micro && (!present || CountDigits(_rest[1..]) < digits))
        {
            Complain(_rest, MicroFraction);
            return 0;
        }

        var ticks = 0L;
        for (var i = 1; i <= 7; i++)
        {
            ticks = (ticks * 10) + (i <= digits ? _rest[i] - '0' : 0);
        }

        _rest = _rest[(digits + 1)..];
        return ticks;
    }

    private TimeSpan Offset()
    {
        if (_rest.StartsWith("Z"))
        {
            _rest = _rest[1..];
            return TimeSpan.Zero;
        }

        if (_rest.Length < 6 || _rest[0] is not ('+' or '-') || _rest[3] != ':' || CountDigits(_rest[1..3]) + CountDigits(_rest[4..6]) < 4)
        {
            Complain(_rest, "Z07:00");
            return TimeSpan.Zero;
        }

        var hours = int.Parse(_rest[1..3], CultureInfo.InvariantCulture);
        var minutes = int.Parse(_rest[4..6], CultureInfo.InvariantCulture);
        var sign = _rest[0] == '-' ? -1 : 1;
        _rest = _rest[6..];
        if (hours > 24 || minutes > 60)
        {
            Complain(hours > 24 ? ": time zone offset hour out of range" : ": time zone offset minute out of range");
        }

        return sign * new TimeSpan(hours, minutes, 0);
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    // The first complaint is the one to report.
    private void Complain(string complaint) => _error ??= $"parsing time {Quote(_text)}{complaint}";

    private void Complain(ReadOnlySpan<char> part, string layout) =>
        _error ??= $"parsing time {Quote(_text)} as \"{(micro ? MicroLayout : SecondsLayout)}\": cannot parse {Quote(part)} as \"{layout}\"";

    private static string Quote(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                quoted.Append('\\').Append((char)rune.Value);
            }
            else if (rune.Value is >= ' ' and < 0x7f)
            {
                quoted.Append((char)rune.Value);
            }
            else
            {
                AppendEscaped(quoted, rune);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static void AppendEscaped(StringBuilder quoted, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var unit in bytes[..rune.EncodeToUtf8(bytes)])
        {
            quoted.Append("\\x").Append(unit.ToString("x2", CultureInfo.InvariantCulture));
        }
    }

    private readonly record struct TimeOfYear(int Year, int Month, int Day, int Hour, int Minute, int Second);
}
