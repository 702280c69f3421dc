namespace Petrel.Metrics;

/// <summary>Something that a <see cref="MetricRegistry"/> can show.</summary>
public interface IMetric
{
    /// <summary>The metric's name, which is unique in a registry.</summary>
    string Name { get; }

    /// <summary>Writes its help, type and samples; nothing when it has no samples.</summary>
    ValueTask WriteAsync(MetricWriter writer, CancellationToken cancellationToken);
}
