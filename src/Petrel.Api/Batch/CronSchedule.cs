using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>
/// When a cron job runs: five fields, a name for them (<c>@daily</c>), or an interval (<c>@every 1h</c>). Errors are worded as upstream's
/// parser words them.
/// </summary>
public sealed record CronSchedule
{
    private static readonly CronField[] Fields =
    [
        new(0, 59, []),
        new(0, 23, []),
        new(1, 31, []),
        new(1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new(0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    private CronSchedule()
    {
    }

    /// <summary>Allowed minutes, one bit each; as the other fields.</summary>
    public ulong Minutes { get; private init; }

    public ulong Hours { get; private init; }

    public ulong DaysOfMonth { get; private init; }

    public ulong Months { get; private init; }

    /// <summary>Bit 0 is Sunday.</summary>
    public ulong DaysOfWeek { get; private init; }

    /// <summary>Both kinds of days are restricted: a day then needs only one of them.</summary>
    public bool EitherDay { get; private init; }

    /// <summary>Time between runs, for schedules that are an interval; no fields are set then.</summary>
    public TimeSpan? Interval { get; private init; }

    /// <summary>Time zone that the schedule names itself; an old form.</summary>
    public string? TimeZone { get; private init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? error)
    {
        schedule = null;
        if (text.Length == 0)
        {
            error = "empty spec string";
            return false;
        }

        if (!TryTakeZone(ref text, out var zone, out error))
        {
            return false;
        }

        schedule = text.StartsWith('@') ? Named(text, out error) : Parse(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), out error);
        schedule = error is null ? schedule! with { TimeZone = zone } : null;
        return error is null;
    }

    private static bool TryTakeZone(ref string text, out string? zone, [NotNullWhen(false)] out string? error)
    {
        (zone, error) = (null, null);
        if (!text.StartsWith("TZ=", StringComparison.Ordinal) && !text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            return true;
        }

        var (equals, space) = (text.IndexOf('=', StringComparison.Ordinal), text.IndexOf(' ', StringComparison.Ordinal));
        zone = space < 0 ? text[(equals + 1)..] : text[(equals + 1)..space];
        text = space < 0 ? "" : text[space..].Trim();
        if (zone.Length != 0 && !TimeZoneNames.IsKnown(zone))
        {
            error = $"provided bad location {zone}: unknown time zone {zone}";
        }

        return error is null;
    }

    private static CronSchedule? Named(string text, out string? error)
    {
        var fields = text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => null,
        };
        if (fields is not null)
        {
            return Parse(fields.Split(' '), out error);
        }

        const string Every = "@every ";
        error = null;
        if (!text.StartsWith(Every, StringComparison.Ordinal))
        {
            error = $"unrecognized descriptor: {text}";
            return null;
        }

        if (GoDuration.TryParse(text[Every.Length..], out var interval, out var problem))
        {
            // At least a second, and whole ones.
            var seconds = Math.Max(1, interval.Ticks / TimeSpan.TicksPerSecond);
            return new CronSchedule { Interval = TimeSpan.FromSeconds(seconds) };
        }

        error = $"failed to parse duration {text}: {problem}";
        return null;
    }

    private static CronSchedule? Parse(string[] texts, out string? error)
    {
        if (texts.Length != Fields.Length)
        {
            error = $"expected exactly {Fields.Length} fields, found {texts.Length}: [{string.Join(' ', texts)}]";
            return null;
        }

        error = null;
        var (bits, isAny) = (new ulong[Fields.Length], new bool[Fields.Length]);
        for (var i = 0; i < Fields.Length; i++)
        {
            if (!Fields[i].TryParse(texts[i], out bits[i], out isAny[i], out error))
            {
                return null;
            }
        }

        return new CronSchedule
        {
            Minutes = bits[0],
            Hours = bits[1],
            DaysOfMonth = bits[2],
            Months = bits[3],
            DaysOfWeek = bits[4],
            EitherDay = !isAny[2] && !isAny[4],
        };
    }
}
