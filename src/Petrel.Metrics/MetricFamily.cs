using System.Collections.Concurrent;
using System.Text;

namespace Petrel.Metrics;

/// <summary>The series of one metric, by their labels.</summary>
public sealed class MetricFamily<TLabels, TSeries> : IMetric
    where TLabels : struct, ILabels<TLabels>
    where TSeries : ISeries
{
    /// <summary>
    /// Series kept. What comes after these is counted in one series that is not shown: a client that makes up names must
    /// not fill the memory.
    /// </summary>
    public const int SeriesMax = 10_000;

    private readonly ConcurrentDictionary<TLabels, (byte[] Labels, TSeries Series)> _series = new();
    private readonly string _help;
    private readonly string _type;
    private readonly Func<TSeries> _make;
    private readonly TSeries _surplus;

    internal MetricFamily(string name, string type, string help, Func<TSeries> make)
    {
        Name = name;
        _type = type;
        _help = help;
        _make = make;
        _surplus = make();
    }

    public string Name { get; }

    /// <summary>The series of these labels, which begins now if it is not there.</summary>
    public TSeries Of(TLabels labels)
    {
        if (_series.TryGetValue(labels, out var found))
        {
            return found.Series;
        }

        return _series.Count >= SeriesMax ? _surplus : _series.GetOrAdd(labels, Make).Series;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(MetricWriter writer, CancellationToken cancellationToken)
    {
        if (!_series.IsEmpty)
        {
            writer.Head(Name, _type, _help);
            foreach (var (labels, series) in _series.Values.OrderBy(static each => each.Labels, LabelOrder.Instance))
            {
                series.Write(writer, Name, labels);
            }
        }

        return ValueTask.CompletedTask;
    }

    private (byte[] Labels, TSeries Series) Make(TLabels labels)
    {
        var values = labels.Values();
        var text = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(TLabels.Names[i]).Append("=\"").Append(MetricWriter.Escape(values[i])).Append('"');
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), _make());
    }

    private sealed class LabelOrder : IComparer<byte[]>
    {
        public static LabelOrder Instance { get; } = new();

        public int Compare(byte[]? left, byte[]? right) => left.AsSpan().SequenceCompareTo(right);
    }
}
