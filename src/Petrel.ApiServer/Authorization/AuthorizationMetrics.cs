using Petrel.ApiServer.Metrics;
using Petrel.Metrics;

namespace Petrel.ApiServer.Authorization;

/// <summary>How often and how fast requests are authorized, under upstream's names.</summary>
internal sealed class AuthorizationMetrics
{
    private readonly OutcomeSeries _allowed;
    private readonly OutcomeSeries _denied;
    private readonly OutcomeSeries _noOpinion;

    public AuthorizationMetrics(MetricRegistry registry)
    {
        var attempts = registry.Counters<ResultLabel>("authorization_attempts_total", "Requests by whether their makers may do what they ask for.");
        var durations = registry.Histograms<ResultLabel>("authorization_duration_seconds", "Time to find out whether a request is allowed, in seconds.", OutcomeSeries.Bounds);
        (_allowed, _denied, _noOpinion) = (OutcomeSeries.Of("allowed", attempts, durations), OutcomeSeries.Of("denied", attempts, durations), OutcomeSeries.Of("no-opinion", attempts, durations));
    }

    public void Ended(Verdict verdict, TimeSpan duration) => (verdict switch
    {
        Verdict.Allow => _allowed,
        Verdict.Deny => _denied,
        _ => _noOpinion,
    }).Ended(duration);
}
