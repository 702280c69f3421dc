using Petrel.ApiServer.Metrics;
using Petrel.Metrics;

namespace Petrel.ApiServer.Authentication;

/// <summary>How often and how fast requests are authenticated, under upstream's names.</summary>
internal sealed class AuthenticationMetrics
{
    private static readonly string[] KnownUsers = ["admin", "client", "kube_proxy", "kubelet", "system:serviceaccount:kube-system:default"];

    // Upstream's buckets, in seconds: half an hour to a year.
    private static readonly double[] LifetimeBounds =
        [0, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 345600, 604800, 2592000, 7776000, 15552000, 31104000];

    private readonly Histogram _lifetimes;
    private readonly OutcomeSeries _success;
    private readonly OutcomeSeries _failure;
    private readonly MetricFamily<UserLabel, Counter> _users;

    public AuthenticationMetrics(MetricRegistry registry)
    {
        var attempts = registry.Counters<ResultLabel>("authentication_attempts", "Requests by whether it is known who makes them.");
        var durations = registry.Histograms<ResultLabel>("authentication_duration_seconds", "Time to find out who makes a request, in seconds.", OutcomeSeries.Bounds);
        (_success, _failure) = (OutcomeSeries.Of("success", attempts, durations), OutcomeSeries.Of("failure", attempts, durations));
        _lifetimes = registry.Histograms<NoLabels>("apiserver_client_certificate_expiration_seconds", "Time for which the client certificates of requests remain valid, in seconds.", LifetimeBounds).Of(default);
        _users = registry.Counters<UserLabel>("authenticated_user_requests", "Requests by their makers, of whom few are named.");
    }

    /// <summary>A certificate has proven who makes a request.</summary>
    public void Certified(TimeSpan lifetime) => _lifetimes.Observe(lifetime.TotalSeconds);

    /// <param name="user">Null for who could not prove it.</param>
    public void Ended(UserInfo? user, TimeSpan duration)
    {
        (user is null ? _failure : _success).Ended(duration);
        if (user is not null)
        {
            _users.Of(new UserLabel(Compressed(user.Name))).Increment();
        }
    }

    private static string Compressed(string name) => KnownUsers.Contains(name) ? name : name.Contains('@', StringComparison.Ordinal) ? "email_id" : "other";

    private readonly record struct UserLabel(string Name) : ILabels<UserLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["username"];

        public IReadOnlyList<string> Values() => [Name];
    }
}
