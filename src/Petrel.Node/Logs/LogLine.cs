using System.Globalization;

namespace Petrel.Node.Logs;

/// <summary>
/// One line of a container log as runtimes write it (CRI logging format): time, stream, tags, text. Tag P says that
/// the text has no end of line of its own: the next line goes on with it.
/// </summary>
internal readonly ref struct LogLine
{
    private const int SecondsLength = 19;
    private const int FractionDigits = 9;

    /// <summary>.NET's time has seven digits of fraction; the other two do not matter to a comparison with seconds.</summary>
    private const int ComparedDigits = 7;

    private LogLine(ReadOnlySpan<byte> time, DateTimeOffset parsedTime, bool isStderr, ReadOnlySpan<byte> text)
    {
        TimeText = time;
        Time = parsedTime;
        IsStderr = isStderr;
        Text = text;
    }

    /// <summary>RFC 3339 as written, with up to nine digits of fraction.</summary>
    public ReadOnlySpan<byte> TimeText { get; }

    public DateTimeOffset Time { get; }

    public bool IsStderr { get; }

    /// <summary>Output as the container wrote it, with its end of line if it has one.</summary>
    public ReadOnlySpan<byte> Text { get; }

    public static bool TryParse(ReadOnlySpan<byte> line, out LogLine parsed)
    {
        parsed = default;
        if (!TryTake(ref line, out var time) || !TryTake(ref line, out var stream) || !TryTake(ref line, out var tags))
        {
            return false;
        }

        var isStderr = stream.SequenceEqual("stderr"u8);
        if ((!isStderr && !stream.SequenceEqual("stdout"u8)) || !TryParseTime(time, out var parsedTime))
        {
            return false;
        }

        var isPartial = tags.SequenceEqual("P"u8) || tags.StartsWith("P:"u8);
        parsed = new LogLine(time, parsedTime, isStderr, isPartial && line.EndsWith("\n"u8) ? line[..^1] : line);
        return true;
    }

    /// <summary>The time with nine digits of fraction, whatever it was written with; returns the length.</summary>
    public int WriteTime(Span<byte> destination)
    {
        SplitTime(TimeText, out var fraction, out var zone);
        TimeText[..SecondsLength].CopyTo(destination);
        destination[SecondsLength] = (byte)'.';
        var digits = destination.Slice(SecondsLength + 1, FractionDigits);
        digits.Fill((byte)'0');
        fraction[..Math.Min(fraction.Length, FractionDigits)].CopyTo(digits);
        var length = SecondsLength + 1 + FractionDigits;
        zone.CopyTo(destination[length..]);
        return length + zone.Length;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> word)
    {
        var end = line.IndexOf((byte)' ');
        word = end < 0 ? default : line[..end];
        line = end < 0 ? line : line[(end + 1)..];
        return end >= 0;
    }

    private static bool TryParseTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= SecondsLength || !SplitTime(text, out var fraction, out var zone) || zone.Length > 6)
        {
            return false;
        }

        Span<char> normal = stackalloc char[SecondsLength + 1 + ComparedDigits + 6];
        var length = System.Text.Encoding.ASCII.GetChars(text[..SecondsLength], normal);
        normal[length++] = '.';
        for (var digit = 0; digit < ComparedDigits; digit++)
        {
            normal[length++] = digit < fraction.Length ? (char)fraction[digit] : '0';
        }

        length += System.Text.Encoding.ASCII.GetChars(zone, normal[length..]);
        return DateTimeOffset.TryParseExact(
            normal[..length], "yyyy-MM-dd'T'HH:mm:ss.fffffffK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static bool SplitTime(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> fraction, out ReadOnlySpan<byte> zone)
    {
        fraction = default;
        zone = text[SecondsLength..];
        if (!zone.IsEmpty && zone[0] == (byte)'.')
        {
            var end = zone[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            fraction = zone[1..(end < 0 ? zone.Length : 1 + end)];
            zone = zone[(1 + fraction.Length)..];
        }

        return !zone.IsEmpty && fraction.Length <= FractionDigits;
    }
}
