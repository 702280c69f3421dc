using Petrel.Metrics;

namespace Petrel.ApiServer.Aggregation;

/// <summary>What is counted about extension API servers, under upstream's names.</summary>
internal static class AggregatorMetrics
{
    /// <summary>Adds the metrics; the counter of servers that became unavailable is for its controller.</summary>
    public static MetricFamily<UnavailableLabels, Counter> AddTo(MetricRegistry metrics, ApiServiceIndex services)
    {
        metrics.Read<ServiceNameLabel>(
            "aggregator_unavailable_apiservice",
            "gauge",
            "1 for an APIService that cannot be reached, 0 for one that can.",
            _ => ValueTask.FromResult<IReadOnlyList<(ServiceNameLabel, double)>>(
                [.. services.Services.Select(static service => (new ServiceNameLabel(service.Metadata.Name), service.Status.Availability is { Status: "True" } ? 0.0 : 1.0))]));
        return metrics.Counters<UnavailableLabels>("aggregator_unavailable_apiservice_total", "Times that an APIService became unreachable, by the reason.");
    }
}
