using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>How something went.</summary>
internal readonly record struct ResultLabel(string Result) : ILabels<ResultLabel>
{
    public static IReadOnlyList<string> Names { get; } = ["result"];

    public IReadOnlyList<string> Values() => [Result];
}
