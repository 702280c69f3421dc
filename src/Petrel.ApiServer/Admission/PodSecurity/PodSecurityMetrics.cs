using Petrel.Api.Core;
using Petrel.ApiServer.Admission.Matching;
using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>What is counted about the levels of pods, under upstream's names. That a level is kept is counted where it is enforced only.</summary>
/// <param name="minor">The second number of this server's version: levels of later ones are future ones.</param>
internal sealed class PodSecurityMetrics(MetricRegistry registry, int minor)
{
    private readonly MetricFamily<EvaluationLabels, Counter> _evaluations = registry.Counters<EvaluationLabels>("pod_security_evaluations_total", "Pods that were held against a level, leaving out those that keep one which is not enforced.");

    private readonly MetricFamily<RequestLabels, Counter> _exemptions = registry.Counters<RequestLabels>("pod_security_exemptions_total", "Requests about pods that were exempt from levels.");

    /// <param name="mode">enforce, audit or warn.</param>
    public void Evaluated(AdmissionRequest request, string mode, LevelVersion level, bool isKept)
    {
        var version = level.Minor != LevelVersion.Latest && level.Minor > minor ? "future" : level.VersionText;
        _evaluations.Of(new(isKept ? "allow" : "deny", mode, level.LevelText, version, RequestLabels.Of(request))).Increment();
    }

    public void Exempt(AdmissionRequest request) => _exemptions.Of(RequestLabels.Of(request)).Increment();

    private readonly record struct RequestLabels(string Operation, string Resource, string Subresource) : ILabels<RequestLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["request_operation", "resource", "subresource"];

        // Whatever makes pods is one sort of thing.
        public static RequestLabels Of(AdmissionRequest request) =>
            new(RuleMatch.OperationName(request.Operation).ToLowerInvariant(), request.Type.ClrType == typeof(Pod) ? "pod" : "controller", request.Subresource);

        public IReadOnlyList<string> Values() => [Operation, Resource, Subresource];
    }

    private readonly record struct EvaluationLabels(string Decision, string Mode, string Level, string Version, RequestLabels Request) : ILabels<EvaluationLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["decision", "mode", "policy_level", "policy_version", .. RequestLabels.Names];

        public IReadOnlyList<string> Values() => [Decision, Mode, Level, Version, .. Request.Values()];
    }
}
