using System.Globalization;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>Indexes of a job in their text form: numbers and intervals in ascending order, e.g. <c>1,3-5,7</c>.</summary>
internal static class IndexList
{
    /// <summary>What is wrong with the text, or null, and the number of indexes it names.</summary>
    /// <param name="completions">All indexes are lower than this.</param>
    public static string? Check(string text, int completions, out int total)
    {
        total = 0;
        if (text.Length == 0)
        {
            return null;
        }

        var (sum, previous) = (0, (int?)null);
        foreach (var part in text.Split(','))
        {
            if (TryParse(part, completions, out var first, out var last) is { } problem)
            {
                return problem;
            }

            if (previous >= first)
            {
                return $"non-increasing order, previous: {previous}, current: {first}";
            }

            sum += last - first + 1;
            previous = last;
        }

        total = sum;
        return null;
    }

    /// <summary>An index that is in both texts, or null. Parts that cannot be read are passed over.</summary>
    public static int? Overlap(string left, string right, int completions)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return null;
        }

        var (lefts, rights) = (Intervals(left, completions), Intervals(right, completions));
        for (int i = 0, j = 0; i < lefts.Count && j < rights.Count;)
        {
            if (lefts[i].First <= rights[j].Last && rights[j].First <= lefts[i].Last)
            {
                return Math.Max(lefts[i].First, rights[j].First);
            }

            if (lefts[i].First <= rights[j].First)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return null;
    }

    private static List<(int First, int Last)> Intervals(string text, int completions)
    {
        var intervals = new List<(int, int)>();
        foreach (var part in text.Split(','))
        {
            if (TryParse(part, completions, out var first, out var last) is null)
            {
                intervals.Add((first, last));
            }
        }

        return intervals;
    }

    private static string? TryParse(string part, int completions, out int first, out int last)
    {
        (first, last) = (0, 0);
        var limits = part.Split('-');
        if (limits.Length > 2)
        {
            return $"the fragment {GoSyntax.Quote(part)} violates the requirement that an index interval can have at most two parts separated by '-'";
        }

        var bounds = new int[limits.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            if (!int.TryParse(limits[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out bounds[i]))
            {
                return $"cannot convert string to integer for index: {GoSyntax.Quote(limits[i])}";
            }

            if (bounds[i] >= completions)
            {
                return $"too large index: {GoSyntax.Quote(limits[i])}";
            }
        }

        (first, last) = (bounds[0], bounds[^1]);
        return bounds.Length > 1 && first >= last ? $"non-increasing order, previous: {first}, current: {last}" : null;
    }
}
