namespace Petrel.Metrics;

/// <summary>A metric whose values are read when they are asked for.</summary>
internal sealed class ReadMetric<TLabels>(string name, string type, string help, Func<CancellationToken, ValueTask<IReadOnlyList<(TLabels Labels, double Value)>>> read) : IMetric
    where TLabels : struct, ILabels<TLabels>
{
    public string Name => name;

    public async ValueTask WriteAsync(MetricWriter writer, CancellationToken cancellationToken)
    {
        var samples = await read(cancellationToken);
        if (samples.Count == 0)
        {
            return;
        }

        writer.Head(name, type, help);
        foreach (var (labels, value) in samples)
        {
            writer.Sample(name, TLabels.Names, labels.Values(), value);
        }
    }
}
