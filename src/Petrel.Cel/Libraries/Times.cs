using System.Globalization;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Arithmetic and parts of timestamps and durations.</summary>
internal static class Times
{
    private const long PerMillisecond = 1_000_000;

    private static readonly CelError DurationOverflow = CelError.Because("duration overflow");
    private static readonly CelError TimestampOverflow = CelError.Because("timestamp overflow");

    public static IReadOnlyList<CelOverload> Sums { get; } =
    [
        Overloads.Binary<CelTimestamp, CelDuration>(CelType.Timestamp, CelType.Duration, CelType.Timestamp, static (time, span) => Move(time, span.Nanoseconds)),
        Overloads.Binary<CelDuration, CelTimestamp>(CelType.Duration, CelType.Timestamp, CelType.Timestamp, static (span, time) => Move(time, span.Nanoseconds)),
        Overloads.Binary<CelDuration, CelDuration>(CelType.Duration, CelType.Duration, CelType.Duration, static (a, b) => Span((Int128)a.Nanoseconds + b.Nanoseconds)),
    ];

    public static IReadOnlyList<CelOverload> Differences { get; } =
    [
        Overloads.Binary<CelTimestamp, CelTimestamp>(CelType.Timestamp, CelType.Timestamp, CelType.Duration, static (a, b) =>
            Span((((Int128)a.Seconds - b.Seconds) * CelDuration.NanosecondsPerSecond) + a.Nanoseconds - b.Nanoseconds)),
        Overloads.Binary<CelTimestamp, CelDuration>(CelType.Timestamp, CelType.Duration, CelType.Timestamp, static (time, span) =>
            span.Nanoseconds == long.MinValue ? TimestampOverflow : Move(time, -span.Nanoseconds)),
        Overloads.Binary<CelDuration, CelDuration>(CelType.Duration, CelType.Duration, CelType.Duration, static (a, b) => Span((Int128)a.Nanoseconds - b.Nanoseconds)),
    ];

    public static IReadOnlyList<CelFunction> Functions { get; } =
    [
        Part("getFullYear", static time => time.Year),
        Part("getMonth", static time => time.Month - 1),
        Part("getDate", static time => time.Day),
        Part("getDayOfMonth", static time => time.Day - 1),
        Part("getDayOfWeek", static time => (int)time.DayOfWeek),
        Part("getDayOfYear", static time => time.DayOfYear - 1),
        Part("getHours", static time => time.Hour, 3600 * CelDuration.NanosecondsPerSecond),
        Part("getMinutes", static time => time.Minute, 60 * CelDuration.NanosecondsPerSecond),
        Part("getSeconds", static time => time.Second, CelDuration.NanosecondsPerSecond),
        Part("getMilliseconds", static time => time.Millisecond, PerMillisecond),
    ];

    private static CelValue Move(CelTimestamp time, long nanoseconds) => CelTimestamp.TryCreate(time.Seconds, time.Nanoseconds + (Int128)nanoseconds is var sum && sum <= long.MaxValue && sum >= long.MinValue ? (long)sum : nanoseconds) is { } moved ? moved : TimestampOverflow;

    private static CelValue Span(Int128 nanoseconds) => nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? DurationOverflow : new CelDuration((long)nanoseconds);

    // A part of a timestamp in UTC or in a time zone; of a duration, all of it in that unit.
    private static CelFunction Part(string name, Func<DateTime, int> part, long unit = 0)
    {
        List<CelOverload> overloads =
        [
            Overloads.Unary<CelTimestamp>(CelType.Timestamp, CelType.Int, time => CelValue.Of((long)part(Utc(time)))).Method(),
            Overloads.Binary<CelTimestamp, CelString>(CelType.Timestamp, CelType.String, CelType.Int, (time, zone) =>
                Local(time, zone.Value) is { } local ? CelValue.Of((long)part(local)) : CelError.Because($"unknown time zone {zone.Value}")).Method(),
        ];
        if (unit != 0)
        {
            overloads.Add(Overloads.Unary<CelDuration>(CelType.Duration, CelType.Int, duration => CelValue.Of(duration.Nanoseconds / unit)).Method());
        }

        return new CelFunction(name, overloads);
    }

    private static DateTime Utc(CelTimestamp time) => DateTimeOffset.FromUnixTimeSeconds(time.Seconds).UtcDateTime.AddTicks(time.Nanoseconds / 100);

    private static DateTime? Local(CelTimestamp time, string zone)
    {
        var colon = zone.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return zone is "" or "UTC" ? Utc(time)
                : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTimeFromUtc(Utc(time), found) : null;
        }

        if (!int.TryParse(zone.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(zone.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || Math.Abs(hours) > 24 || minutes > 59)
        {
            return null;
        }

        var offset = (hours * 60) + (zone.StartsWith('-') ? -minutes : minutes);
        var ticks = Utc(time).Ticks + (offset * TimeSpan.TicksPerMinute);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks);
    }
}
