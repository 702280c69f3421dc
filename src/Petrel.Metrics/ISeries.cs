namespace Petrel.Metrics;

/// <summary>The values of one set of labels.</summary>
public interface ISeries
{
    /// <summary>Writes the series' samples.</summary>
    /// <param name="labels">The labels as text without braces, e.g. <c>code="200",verb="GET"</c>; empty for none.</param>
    void Write(MetricWriter writer, string name, ReadOnlySpan<byte> labels);
}
