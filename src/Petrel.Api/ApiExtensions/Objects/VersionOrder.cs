using System.Globalization;
using System.Text.RegularExpressions;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>The order in which discovery lists versions: v2, v1, v1beta2, v1beta1, v1alpha1, and then other names by letter.</summary>
public static partial class VersionOrder
{
    public static int Compare(string left, string right)
    {
        var (first, second) = (Parse(left), Parse(right));
        return (first, second) switch
        {
            (null, null) => string.CompareOrdinal(left, right),
            (null, _) => 1,
            (_, null) => -1,
            _ => second!.Value.CompareTo(first!.Value),
        };
    }

    private static (int Stability, int Major, int Minor)? Parse(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            return null;
        }

        if (match.Groups[2].Length == 0)
        {
            return (2, major, 0);
        }

        return int.TryParse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? (match.Groups[2].Value == "beta" ? 1 : 0, major, minor)
            : null;
    }

    [GeneratedRegex("^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
