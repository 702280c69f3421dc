using Petrel.Metrics;

namespace Petrel.ApiServer.Audit;

/// <summary>What is counted about the audit log, under upstream's names.</summary>
internal sealed class AuditMetrics(MetricRegistry metrics)
{
    private readonly MetricFamily<LevelLabel, Counter> _levels = metrics.Counters<LevelLabel>("apiserver_audit_level_total", "Requests by how much of them is recorded.");
    private readonly MetricFamily<PluginLabel, Counter> _errors = metrics.Counters<PluginLabel>("apiserver_audit_error_total", "Events that a backend could not record.");

    public Counter Events { get; } = metrics.Counters<NoLabels>("apiserver_audit_event_total", "Events recorded.").Of(default);

    public Counter Rejected { get; } = metrics.Counters<NoLabels>("apiserver_audit_requests_rejected_total", "Requests that were refused because they could not be recorded.").Of(default);

    public void Decided(AuditLevel level) => _levels.Of(new LevelLabel(level)).Increment();

    /// <param name="plugin">The backend: log, webhook or buffered.</param>
    public void Lost(string plugin, int events) => _errors.Of(new PluginLabel(plugin)).Add(events);

    private readonly record struct LevelLabel(AuditLevel Level) : ILabels<LevelLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["level"];

        public IReadOnlyList<string> Values() => [Level.ToString()];
    }

    private readonly record struct PluginLabel(string Plugin) : ILabels<PluginLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["plugin"];

        public IReadOnlyList<string> Values() => [Plugin];
    }
}
