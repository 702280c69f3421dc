using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>How often something went one way, and how long it took.</summary>
internal sealed class OutcomeSeries(Counter count, Histogram durations)
{
    /// <summary>Upstream's buckets for authentication and authorization, in seconds: one millisecond and its doubles.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [.. Enumerable.Range(0, 15).Select(static power => 0.001 * (1 << power))];

    public static OutcomeSeries Of(string result, MetricFamily<ResultLabel, Counter> counts, MetricFamily<ResultLabel, Histogram> durations) =>
        new(counts.Of(new(result)), durations.Of(new(result)));

    public void Ended(TimeSpan duration)
    {
        count.Increment();
        durations.Observe(duration.TotalSeconds);
    }
}
