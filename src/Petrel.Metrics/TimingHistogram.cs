namespace Petrel.Metrics;

/// <summary>
/// A ratio that changes now and then, as if it were observed at the end of every nanosecond: its buckets say for how long it was how
/// large (Kubernetes' timing ratio histograms). May be changed from any thread.
/// </summary>
/// <param name="bounds">Upper bounds of the buckets, ascending.</param>
/// <param name="denominator">Of the ratio until <see cref="SetDenominator"/>; above zero.</param>
public sealed class TimingHistogram(IReadOnlyList<double> bounds, double denominator, TimeProvider time) : ISeries
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Lock _lock = new();
    private readonly double[] _bounds = [.. bounds];
    private readonly long[] _nanoseconds = new long[bounds.Count + 1];
    private double _denominator = denominator;
    private double _numerator;
    private double _sum;
    private long _since = time.GetTimestamp();

    /// <summary>The numerator from now on.</summary>
    public void Set(double numerator)
    {
        lock (_lock)
        {
            Pass();
            _numerator = numerator;
        }
    }

    /// <summary>Adds to the numerator.</summary>
    public void Add(double amount)
    {
        lock (_lock)
        {
            Pass();
            _numerator += amount;
        }
    }

    /// <summary>The denominator from now on; above zero.</summary>
    public void SetDenominator(double denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        lock (_lock)
        {
            Pass();
            _denominator = denominator;
        }
    }

    /// <inheritdoc/>
    public void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels)
    {
        lock (_lock)
        {
            Pass();
            Histogram.Write(writer, name, labels, _bounds, _nanoseconds, _sum);
        }
    }

    // Counts the time since the last change.
    private void Pass()
    {
        var now = time.GetTimestamp();
        var nanoseconds = (long)(time.GetElapsedTime(_since, now).TotalSeconds * NanosecondsPerSecond);
        if (nanoseconds <= 0)
        {
            return;
        }

        var ratio = _numerator / _denominator;
        _nanoseconds[Histogram.BucketOf(_bounds, ratio)] += nanoseconds;
        _sum += ratio * nanoseconds;
        _since = now;
    }
}
