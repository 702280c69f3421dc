using System.Buffers;
using System.Collections.Concurrent;

namespace Petrel.Metrics;

/// <summary>
/// All metrics of a process. Its parts add theirs when they start; adding a name again gives the metric that is there, so
/// that a part which starts twice goes on counting.
/// </summary>
public sealed class MetricRegistry
{
    private readonly ConcurrentDictionary<string, IMetric> _metrics = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">There is a metric of that name with other labels or of another type.</exception>
    public MetricFamily<TLabels, Counter> Counters<TLabels>(string name, string help) where TLabels : struct, ILabels<TLabels> =>
        Add(new MetricFamily<TLabels, Counter>(name, "counter", help, static () => new Counter()));

    /// <inheritdoc cref="Counters"/>
    public MetricFamily<TLabels, Gauge> Gauges<TLabels>(string name, string help) where TLabels : struct, ILabels<TLabels> =>
        Add(new MetricFamily<TLabels, Gauge>(name, "gauge", help, static () => new Gauge()));

    /// <inheritdoc cref="Counters"/>
    /// <param name="bounds">Upper bounds of the buckets, ascending.</param>
    public MetricFamily<TLabels, Histogram> Histograms<TLabels>(string name, string help, IReadOnlyList<double> bounds) where TLabels : struct, ILabels<TLabels> =>
        Add(new MetricFamily<TLabels, Histogram>(name, "histogram", help, () => new Histogram(bounds)));

    /// <inheritdoc cref="Histograms"/>
    public MetricFamily<TLabels, TimingHistogram> TimingHistograms<TLabels>(string name, string help, IReadOnlyList<double> bounds, TimeProvider time) where TLabels : struct, ILabels<TLabels> =>
        Add(new MetricFamily<TLabels, TimingHistogram>(name, "histogram", help, () => new TimingHistogram(bounds, 1, time)));

    /// <summary>A number that is read when it is asked for.</summary>
    /// <inheritdoc cref="Counters"/>
    public void Read(string name, string type, string help, Func<double> read) =>
        Read<NoLabels>(name, type, help, _ => ValueTask.FromResult<IReadOnlyList<(NoLabels, double)>>([(default, read())]));

    /// <summary>Numbers that are read when they are asked for.</summary>
    /// <inheritdoc cref="Counters"/>
    public void Read<TLabels>(string name, string type, string help, Func<CancellationToken, ValueTask<IReadOnlyList<(TLabels Labels, double Value)>>> read)
        where TLabels : struct, ILabels<TLabels> => Add(new ReadMetric<TLabels>(name, type, help, read));

    /// <summary>Writes all metrics in the order of their names.</summary>
    public async ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var writer = new MetricWriter(output);
        foreach (var metric in _metrics.Values.OrderBy(static metric => metric.Name, StringComparer.Ordinal))
        {
            await metric.WriteAsync(writer, cancellationToken);
        }
    }

    private TMetric Add<TMetric>(TMetric metric) where TMetric : class, IMetric =>
        _metrics.GetOrAdd(metric.Name, metric) as TMetric ?? throw new ArgumentException($"there is another metric {metric.Name}", nameof(metric));
}
