using System.Globalization;
using System.Text;

namespace Petrel.Metrics;

/// <summary>Counts observations by size. May be fed from any thread; a reader may see one that is half in.</summary>
/// <param name="bounds">Upper bounds of the buckets, ascending; observations above the last count only in the total.</param>
public sealed class Histogram(IReadOnlyList<double> bounds) : ISeries
{
    private readonly double[] _bounds = [.. bounds];
    private readonly long[] _counts = new long[bounds.Count + 1];
    private double _sum;

    public long Count => _counts.Sum();

    public double Sum => Volatile.Read(ref _sum);

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        double before, seen = Volatile.Read(ref _sum);
        do
        {
            before = seen;
            seen = Interlocked.CompareExchange(ref _sum, before + value, before);
        }
        while (seen != before);
    }

    /// <inheritdoc/>
    public void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels)
    {
        var total = 0L;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            total += Interlocked.Read(ref _counts[i]);
            var bound = i < _bounds.Length ? _bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            byte[] separator = labels.Length == 0 ? [] : [(byte)','];
            writer.Sample(name + "_bucket", [.. labels, .. separator, .. Encoding.UTF8.GetBytes($"le=\"{bound}\"")], total);
        }

        writer.Sample(name + "_sum", labels, Sum);
        writer.Sample(name + "_count", labels, total);
    }
}
