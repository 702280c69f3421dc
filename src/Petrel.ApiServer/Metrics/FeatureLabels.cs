using Petrel.Api.Features;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The labels of kubernetes_feature_enabled. The stage of stable features is empty.</summary>
internal readonly record struct FeatureLabels(string Name, FeatureStage Stage) : ILabels<FeatureLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["name", "stage"];

    public IReadOnlyList<string> Values() => [Name, Stage == FeatureStage.Stable ? "" : Stage.ToString().ToUpperInvariant()];
}
