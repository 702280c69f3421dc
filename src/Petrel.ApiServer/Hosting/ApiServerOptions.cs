using Petrel.Api.Features;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Hosting;

/// <summary>Settings of the API server. Names follow kube-apiserver's flags where there is one.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Port of the HTTPS listener (--secure-port); 0 picks a free one.</summary>
    public int SecurePort { get; init; } = 6443;

    /// <summary>Address of the listener (--bind-address).</summary>
    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>Addresses of services (--service-cluster-ip-range): one range, or one of each IP family with a comma between them.</summary>
    public string ServiceClusterIpRange { get; init; } = "10.96.0.0/12";

    /// <summary>First and last node port (--service-node-port-range).</summary>
    public (int First, int Last) ServiceNodePortRange { get; init; } = (30000, 32767);

    /// <summary>Longest duration of a request that is no watch and no stream (--request-timeout).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A watch that names no timeout ends after one to two times this (--min-request-timeout); zero for never.</summary>
    public TimeSpan MinRequestTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the server goes on serving after it was told to stop, while /readyz fails (--shutdown-delay-duration).</summary>
    public TimeSpan ShutdownDelayDuration { get; init; } = TimeSpan.Zero;

    /// <summary>Chance that a request over HTTP/2 makes its client connect anew (--goaway-chance): 0 to <see cref="GoAwayChanceMax"/>.</summary>
    public double GoAwayChance { get; init; }

    /// <summary>More would drown the server in handshakes.</summary>
    public const double GoAwayChanceMax = 0.02;

    /// <summary>Requests at a time on a connection of HTTP/2 (--http2-max-streams-per-connection).</summary>
    public int Http2MaxStreamsPerConnection { get; init; } = 1000;

    /// <summary>Whether requests are told apart by flow schemas and served by priority levels (--enable-priority-and-fairness), or only counted.</summary>
    public bool EnablePriorityAndFairness { get; init; } = true;

    /// <summary>Requests that read at a time (--max-requests-inflight); with priority and fairness a part of the seats. 0 for no limit without it.</summary>
    public int MaxRequestsInFlight { get; init; } = 400;

    /// <summary>Requests that write at a time (--max-mutating-requests-inflight); with priority and fairness a part of the seats. 0 for no limit without it.</summary>
    public int MaxMutatingRequestsInFlight { get; init; } = 200;

    /// <summary>
    /// Requests for extension API servers go to an address behind their service, not to the service's own
    /// (--enable-aggregator-routing): for a machine without a service proxy.
    /// </summary>
    public bool AggregatorRouting { get; init; }

    /// <summary>Which admission plugins are on, and their settings.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>What is recorded of requests, and where.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Which features are on (--feature-gates).</summary>
    public FeatureGates Features { get; init; } = FeatureGates.Default;

    /// <summary>Which kinds are served (--runtime-config).</summary>
    public RuntimeConfiguration RuntimeConfiguration { get; init; } = RuntimeConfiguration.Default;

    /// <summary>Kubernetes version that /version reports.</summary>
    public string KubernetesVersion { get; init; } = "v1.33.0";

    /// <summary>What is wrong with the limits, in upstream's words; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Refuse(MaxRequestsInFlight < 0, "--max-requests-inflight can not be negative value");
        Refuse(MaxMutatingRequestsInFlight < 0, "--max-mutating-requests-inflight can not be negative value");
        Refuse(
            EnablePriorityAndFairness && MaxRequestsInFlight + MaxMutatingRequestsInFlight <= 0,
            "sum of --max-requests-inflight and --max-mutating-requests-inflight must be positive if --enable-priority-and-fairness is set to true");
        Refuse(RequestTimeout < TimeSpan.Zero, "--request-timeout can not be negative value");
        Refuse(MinRequestTimeout < TimeSpan.Zero, "--min-request-timeout can not be negative value");
        Refuse(ShutdownDelayDuration < TimeSpan.Zero, "--shutdown-delay-duration can not be negative value");
        Refuse(GoAwayChance is not (>= 0 and <= GoAwayChanceMax), "--goaway-chance can not be less than 0 or greater than 0.02");
        Refuse(Http2MaxStreamsPerConnection <= 0, "--http2-max-streams-per-connection must be positive");
        problems.AddRange(Audit.Problems());
        return problems;

        void Refuse(bool isWrong, string problem)
        {
            if (isWrong)
            {
                problems.Add(problem);
            }
        }
    }
}
