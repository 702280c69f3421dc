namespace Petrel.Metrics;

/// <summary>A number that goes up and down. May be changed from any thread.</summary>
public sealed class Gauge : ISeries
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Increment() => Interlocked.Increment(ref _value);

    public void Decrement() => Interlocked.Decrement(ref _value);

    public void Add(long amount) => Interlocked.Add(ref _value, amount);

    public void Set(long value) => Interlocked.Exchange(ref _value, value);

    /// <inheritdoc/>
    public void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels) => writer.Sample(name, labels, Value);
}
