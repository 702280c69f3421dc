namespace Petrel.Metrics;

/// <summary>For a metric of one series.</summary>
public readonly record struct NoLabels : ILabels<NoLabels>
{
    public static IReadOnlyList<string> Names => [];

    public IReadOnlyList<string> Values() => [];
}
