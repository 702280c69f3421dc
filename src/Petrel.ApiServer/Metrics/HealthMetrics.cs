using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>How health checks end, under upstream's names. Upstream shows these alone at /metrics/slis, and so does this server.</summary>
internal sealed class HealthMetrics
{
    private readonly MetricFamily<CheckLabels, Gauge> _last;
    private readonly MetricFamily<ResultLabels, Counter> _results;

    public HealthMetrics()
    {
        _last = Registry.Gauges<CheckLabels>("kubernetes_healthcheck", "1 for a health check that succeeded when it was last made, 0 for one that failed.");
        _results = Registry.Counters<ResultLabels>("kubernetes_healthchecks_total", "Health checks by how they ended.");
    }

    /// <summary>What is shown at /metrics/slis.</summary>
    public MetricRegistry Registry { get; } = new();

    /// <param name="path">healthz, livez or readyz.</param>
    public void Checked(string name, string path, bool isHealthy)
    {
        _last.Of(new(name, path)).Set(isHealthy ? 1 : 0);
        _results.Of(new(name, isHealthy ? "success" : "error", path)).Increment();
    }

    private readonly record struct CheckLabels(string Name, string Path) : ILabels<CheckLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["name", "type"];

        public IReadOnlyList<string> Values() => [Name, Path];
    }

    private readonly record struct ResultLabels(string Name, string Status, string Path) : ILabels<ResultLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["name", "status", "type"];

        public IReadOnlyList<string> Values() => [Name, Status, Path];
    }
}
