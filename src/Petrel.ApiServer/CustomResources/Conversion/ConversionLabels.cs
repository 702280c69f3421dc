using Petrel.Metrics;

namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>How questions to conversion webhooks ended.</summary>
internal readonly record struct ConversionLabels(string Result, string FailureType) : ILabels<ConversionLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["result", "failure_type"];

    public IReadOnlyList<string> Values() => [Result, FailureType];
}
