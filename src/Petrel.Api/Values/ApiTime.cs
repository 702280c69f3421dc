using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Petrel.Api;

/// <summary>
/// The two spellings of points in time in the API (both RFC 3339, written in UTC): Time with whole seconds, MicroTime with six fraction digits.
/// </summary>
public static class ApiTime
{
    /// <summary>Length of a written Time: <c>2006-01-02T15:04:05Z</c>.</summary>
    public const int Length = 20;

    /// <summary>Length of a written MicroTime: <c>2006-01-02T15:04:05.000000Z</c>.</summary>
    public const int MicroLength = 27;

    private const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string MicroFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>
    /// Reads a Time: any offset; a fraction is allowed but not kept. <paramref name="error"/> is what the API reports.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time, [NotNullWhen(false)] out string? error)
    {
        var parsed = new TimeParser(text, micro: false).TryParse(out time, out error);
        time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
        return parsed;
    }

    /// <summary>Reads a MicroTime: any offset, exactly six fraction digits.</summary>
    public static bool TryParseMicro(ReadOnlySpan<char> text, out DateTimeOffset time, [NotNullWhen(false)] out string? error) =>
        new TimeParser(text, micro: true).TryParse(out time, out error);

    /// <summary>The Time in UTC, cut to the second.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(SecondsFormat, CultureInfo.InvariantCulture);

    /// <summary>The MicroTime in UTC, cut to the microsecond.</summary>
    public static string FormatMicro(DateTimeOffset time) => time.UtcDateTime.ToString(MicroFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes the Time as UTF-8 into the first <see cref="Length"/> bytes.</summary>
    public static void Format(DateTimeOffset time, Span<byte> utf8) => Write(time, utf8[..Length], SecondsFormat);

    /// <summary>Writes the MicroTime as UTF-8 into the first <see cref="MicroLength"/> bytes.</summary>
    public static void FormatMicro(DateTimeOffset time, Span<byte> utf8) => Write(time, utf8[..MicroLength], MicroFormat);

    private static void Write(DateTimeOffset time, Span<byte> utf8, string format)
    {
        Span<char> chars = stackalloc char[MicroLength];
        time.UtcDateTime.TryFormat(chars, out var written, format, CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(chars[..written], utf8);
    }
}
