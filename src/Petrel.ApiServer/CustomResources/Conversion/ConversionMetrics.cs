using Petrel.Metrics;

namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>What is counted about conversion webhooks, under upstream's names.</summary>
internal sealed class ConversionMetrics(MetricRegistry registry)
{
    // Upstream's buckets, in seconds.
    private static readonly double[] DefinitionBounds = [.. Enumerable.Range(0, 15).Select(static i => 0.001 * (1 << i))];
    private static readonly double[] RequestBounds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45, 60];

    private readonly MetricFamily<DefinitionConversionLabels, Histogram> _ofDefinitions = registry.Histograms<DefinitionConversionLabels>(
        "apiserver_crd_conversion_webhook_duration_seconds", "Time to convert objects by a webhook, by definition and versions, in seconds.", DefinitionBounds);
    private readonly MetricFamily<ConversionLabels, Histogram> _durations =
        registry.Histograms<ConversionLabels>("apiserver_conversion_webhook_duration_seconds", "Time to ask conversion webhooks, in seconds.", RequestBounds);
    private readonly MetricFamily<ConversionLabels, Counter> _requests =
        registry.Counters<ConversionLabels>("apiserver_conversion_webhook_request_total", "Questions to conversion webhooks, by how they ended.");

    /// <param name="failure">What went wrong; null when nothing did.</param>
    public void Asked(string definition, string from, string to, string? failure, TimeSpan duration)
    {
        var labels = new ConversionLabels(failure is null ? "success" : "failure", failure ?? "");
        _ofDefinitions.Of(new(definition, from, to, failure is null ? "true" : "false")).Observe(duration.TotalSeconds);
        _durations.Of(labels).Observe(duration.TotalSeconds);
        _requests.Of(labels).Increment();
    }
}
