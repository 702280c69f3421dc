using System.CommandLine;
using Petrel.Api.Validation;
using Petrel.ApiServer.Hosting;

namespace Petrel.Program.Commands;

/// <summary>The options by which the API server protects itself, under upstream's names; docs/limits.md explains them.</summary>
internal sealed class LimitArguments
{
    private static readonly ApiServerOptions Defaults = new();

    private readonly Option<bool> _fairness = new("--enable-priority-and-fairness")
    {
        Description = "Queue requests by flow schemas and priority levels instead of refusing those over the limits",
        DefaultValueFactory = static _ => Defaults.EnablePriorityAndFairness,
    };

    private readonly Option<int> _requests = Number("--max-requests-inflight", "Requests that read at a time", Defaults.MaxRequestsInFlight);
    private readonly Option<int> _mutating = Number("--max-mutating-requests-inflight", "Requests that write at a time", Defaults.MaxMutatingRequestsInFlight);
    private readonly Option<TimeSpan> _timeout = GoTime("--request-timeout", "Time a request may take that is no watch and no stream", Defaults.RequestTimeout);
    private readonly Option<int> _watchSeconds = Number(
        "--min-request-timeout", "Seconds after which, up to twice as many, a watch ends that names no timeout; 0 for never", (int)Defaults.MinRequestTimeout.TotalSeconds);

    private readonly Option<TimeSpan> _shutdown = GoTime("--shutdown-delay-duration", "Time for which the server goes on serving when told to stop, while /readyz fails", Defaults.ShutdownDelayDuration);
    private readonly Option<double> _goAway = new("--goaway-chance")
    {
        Description = "Chance, up to 0.02, that a request over HTTP/2 makes its client connect anew",
        DefaultValueFactory = static _ => Defaults.GoAwayChance,
    };

    private readonly Option<int> _streams = Number("--http2-max-streams-per-connection", "Requests at a time on a connection of HTTP/2", Defaults.Http2MaxStreamsPerConnection);

    public IReadOnlyList<Option> All => [_fairness, _requests, _mutating, _timeout, _watchSeconds, _shutdown, _goAway, _streams];

    public ApiServerOptions Of(ParseResult parsed) => new()
    {
        EnablePriorityAndFairness = parsed.GetValue(_fairness),
        MaxRequestsInFlight = parsed.GetValue(_requests),
        MaxMutatingRequestsInFlight = parsed.GetValue(_mutating),
        RequestTimeout = parsed.GetValue(_timeout),
        MinRequestTimeout = TimeSpan.FromSeconds(parsed.GetValue(_watchSeconds)),
        ShutdownDelayDuration = parsed.GetValue(_shutdown),
        GoAwayChance = parsed.GetValue(_goAway),
        Http2MaxStreamsPerConnection = parsed.GetValue(_streams),
    };

    private static Option<int> Number(string name, string description, int standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };

    /// <summary>A duration as Go writes it.</summary>
    internal static Option<TimeSpan> GoTime(string name, string description, TimeSpan standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (!GoDuration.TryParse(result.Tokens is [{ } only] ? only.Value : "", out var duration, out var error))
            {
                result.AddError($"{name}: {error}");
            }

            return duration;
        },
    };
}
