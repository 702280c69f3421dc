using System.Globalization;

namespace Petrel.ApiServer.Discovery;

/// <summary>
/// Orders version names as Kubernetes does (kubernetes.io, "Version priority"): v10, v2, v1, v11beta2, v10beta3, v12alpha1,
/// then what is named otherwise, by name.
/// </summary>
internal sealed class VersionOrder : IComparer<string>
{
    private VersionOrder()
    {
    }

    public static VersionOrder NewestFirst { get; } = new();

    public int Compare(string? left, string? right) => (Parse(left!), Parse(right!)) switch
    {
        ({ } one, { } other) => other.CompareTo(one),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    // Maturity (2 stable, 1 beta, 0 alpha), major, minor; null for a name of another form.
    private static (int Maturity, ulong Major, ulong Minor)? Parse(string name)
    {
        var (major, end) = ReadNumber(name, 1);
        if (name[0] != 'v' || end == 1)
        {
            return null;
        }

        if (end == name.Length)
        {
            return (2, major, 0);
        }

        foreach (var (maturity, word) in ((int, string)[])[(1, "beta"), (0, "alpha")])
        {
            if (string.CompareOrdinal(name, end, word, 0, word.Length) == 0)
            {
                var (minor, last) = ReadNumber(name, end + word.Length);
                return last == name.Length && last > end + word.Length ? (maturity, major, minor) : null;
            }
        }

        return null;
    }

    private static (ulong Number, int End) ReadNumber(string name, int start)
    {
        var end = start;
        while (end < name.Length && char.IsAsciiDigit(name[end]))
        {
            end++;
        }

        return ulong.TryParse(name.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, end) : (0, start);
    }
}
