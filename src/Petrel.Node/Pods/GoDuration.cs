using System.Globalization;
using System.Text;

namespace Petrel.Node.Pods;

/// <summary>Lengths of time as upstream's messages show them: <c>1m30s</c>, <c>2.5s</c>, <c>340ms</c>, cut to the millisecond.</summary>
internal static class GoDuration
{
    public static string Format(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        if (milliseconds < 1000)
        {
            return milliseconds == 0 ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
        }

        var text = new StringBuilder();
        var (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60);
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }

        if (hours > 0 || minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes}m");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{milliseconds % 60_000 / 1000m:0.###}s").ToString();
    }
}
