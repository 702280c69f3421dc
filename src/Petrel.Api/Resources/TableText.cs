using System.Globalization;
using Petrel.Api.Meta;

namespace Petrel.Api.Resources;

/// <summary>Texts of table cells, as kubectl has always shown them.</summary>
public static class TableText
{
    public const string None = "<none>";

    public const string Unknown = "<unknown>";

    // Lists in a cell show this many items.
    private const int ItemsMax = 3;

    /// <summary>Time since then, e.g. <c>5m30s</c>.</summary>
    public static string Age(DateTimeOffset? since, DateTimeOffset now) => since is { } time ? Duration(now - time) : Unknown;

    /// <summary>A duration in two units at most, the less exact the longer it is.</summary>
    public static string Duration(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var (minutes, hours) = (seconds / 60, seconds / 3600);
        return seconds switch
        {
            < -1 => "<invalid>", // clocks may differ by a second
            < 0 => "0s",
            < 120 => Units(seconds, "s", 0, ""),
            < 10 * 60 => Units(minutes, "m", seconds % 60, "s"),
            < 3 * 3600 => Units(minutes, "m", 0, ""),
            < 8 * 3600 => Units(hours, "h", minutes % 60, "m"),
            < 48 * 3600 => Units(hours, "h", 0, ""),
            < 8 * 24 * 3600 => Units(hours / 24, "d", hours % 24, "h"),
            < 2 * 365 * 24 * 3600 => Units(hours / 24, "d", 0, ""),
            < 8L * 365 * 24 * 3600 => Units(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => Units(hours / 24 / 365, "y", 0, ""),
        };
    }

    internal static string OrNone(string text) => text.Length == 0 ? None : text;

    internal static string OrUnknown(string text) => text.Length == 0 ? Unknown : text;

    /// <summary>Labels as <c>a=b,c=d</c>.</summary>
    internal static string Labels(ApiMap<string> labels) => OrNone(string.Join(",", labels.Select(static label => $"{label.Key}={label.Value}")));

    internal static string Selector(LabelSelector? selector) => OrNone(selector?.ToSelectorText() ?? "");

    /// <summary>The first items and how many more there are; empty for none.</summary>
    internal static string First(IEnumerable<string> items)
    {
        var all = items.ToArray();
        var shown = string.Join(",", all.Take(ItemsMax));
        return all.Length <= ItemsMax ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} + {all.Length - ItemsMax} more...");
    }

    private static string Units(long large, string largeUnit, long small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large}{largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large}{largeUnit}{small}{smallUnit}");
}
