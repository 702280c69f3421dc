namespace Petrel.Metrics;

/// <summary>A count that only grows. May be raised from any thread.</summary>
public sealed class Counter : ISeries
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Increment() => Interlocked.Increment(ref _value);

    public void Add(long amount) => Interlocked.Add(ref _value, amount);

    /// <inheritdoc/>
    public void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels) => writer.Sample(name, labels, Value);
}
