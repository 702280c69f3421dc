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
        Interlocked.Increment(ref _counts[BucketOf(_bounds, value)]);
        double before, seen = Volatile.Read(ref _sum);
        do
        {
            before = seen;
            seen = Interlocked.CompareExchange(ref _sum, before + value, before);
        }
        while (seen != before);
    }

    /// <inheritdoc/>
    public void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels) => Write(writer, name, labels, _bounds, _counts, Sum);

    /// <summary>The first bucket that holds a value; the one after the last bound when none does.</summary>
    internal static int BucketOf(double[] bounds, double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    internal static void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels, double[] bounds, long[] counts, double sum)
    {
        var total = 0L;
        for (var i = 0; i <= bounds.Length; i++)
        {
            total += Interlocked.Read(ref counts[i]);
            var bound = i < bounds.Length ? bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            byte[] separator = labels.Length == 0 ? [] : [(byte)','];
            writer.Sample(name + "_bucket", [.. labels, .. separator, .. Encoding.UTF8.GetBytes($"le=\"{bound}\"")], total);
        }

        writer.Sample(name + "_sum", labels, sum);
        writer.Sample(name + "_count", labels, total);
    }
}
