namespace Petrel.Scheduler.Plugins;

/// <summary>Brings scores into the range 0 to 100.</summary>
internal static class ScoreRange
{
    public const long Max = 100;

    /// <summary>Scales so that the largest becomes 100. All zero stays zero, or with <paramref name="reverse"/> becomes 100.</summary>
    /// <param name="reverse">The smaller the better.</param>
    public static void Scale(Span<long> scores, bool reverse)
    {
        var largest = 0L;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            var score = largest == 0 ? 0 : Max * scores[i] / largest;
            scores[i] = reverse ? Max - score : score;
        }
    }
}
