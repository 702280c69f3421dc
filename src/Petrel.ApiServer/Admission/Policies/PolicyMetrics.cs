using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>What is counted about validating policies, under upstream's names: what they found, not what they let pass without a word.</summary>
internal sealed class PolicyMetrics(MetricRegistry registry)
{
    private const string Prefix = "apiserver_validating_admission_policy_";

    // Upstream's buckets, in seconds.
    private static readonly double[] Bounds = [5e-7, 0.001, 0.01, 0.1, 1];

    private readonly MetricFamily<CheckLabels, Counter> _checks = registry.Counters<CheckLabels>(Prefix + "check_total", "Findings of validating policies, by what was done about them.");

    private readonly MetricFamily<CheckLabels, Histogram> _durations =
        registry.Histograms<CheckLabels>(Prefix + "check_duration_seconds", "Time of the validations that found something, in seconds.", Bounds);

    /// <param name="action">deny, warn, audit, or allow for a problem of the policy that is ignored.</param>
    public void Found(string policy, string binding, PolicyFinding finding, string action)
    {
        var labels = new CheckLabels(action, finding.ErrorType, policy, binding);
        _checks.Of(labels).Increment();
        _durations.Of(labels).Observe(finding.Duration.TotalSeconds);
    }

    private readonly record struct CheckLabels(string Action, string ErrorType, string Policy, string Binding) : ILabels<CheckLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["enforcement_action", "error_type", "policy", "policy_binding"];

        public IReadOnlyList<string> Values() => [Action, ErrorType, Policy, Binding];
    }
}
