using Petrel.ApiServer.Metrics;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>Requests that run or wait now, watches and streams left out, by whether they write.</summary>
internal sealed class InFlightRequests
{
    // Upstream's buckets.
    private static readonly double[] RatioBounds = [0, 0.001, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

    private static readonly string[] Kinds = ["readOnly", "mutating"];

    private readonly InFlightSeries[] _running;
    private readonly InFlightSeries[] _waiting;

    /// <param name="readingMax">Requests that may read at a time; 0 for no limit.</param>
    /// <param name="mutatingMax">Requests that may write at a time; 0 for no limit.</param>
    public InFlightRequests(MetricRegistry registry, int readingMax, int mutatingMax, TimeProvider time)
    {
        var running = registry.Gauges<RequestKindLabel>("apiserver_current_inflight_requests", "Requests being answered, without watches and streams.");
        var waiting = registry.Gauges<RequestKindLabel>("apiserver_current_inqueue_requests", "Requests that wait in the queues of priority levels.");
        var ratios = registry.TimingHistograms<PhaseLabels>(
            "apiserver_flowcontrol_read_vs_write_current_requests", "Requests that run, as a part of those that may, or wait, over every nanosecond.", RatioBounds, time);
        _running = [.. Kinds.Select(kind => new InFlightSeries(running.Of(new(kind)), ratios.Of(new("executing", kind))))];
        _waiting = [.. Kinds.Select(kind => new InFlightSeries(waiting.Of(new(kind)), ratios.Of(new("waiting", kind))))];
        _running[0].Ratio.SetDenominator(Math.Max(1, readingMax));
        _running[1].Ratio.SetDenominator(Math.Max(1, mutatingMax));
    }

    public InFlightSeries RunningLike(RequestInfo info) => _running[Kind(info)];

    public InFlightSeries WaitingLike(RequestInfo info) => _waiting[Kind(info)];

    public static bool IsMutating(RequestInfo info) => info.Verb is not ("get" or "list" or "watch");

    private static int Kind(RequestInfo info) => IsMutating(info) ? 1 : 0;

    private readonly record struct PhaseLabels(string Phase, string Kind) : ILabels<PhaseLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["phase", "request_kind"];

        public IReadOnlyList<string> Values() => [Phase, Kind];
    }
}

/// <summary>Requests of one kind in one phase: how many, and over time how many of those that may be.</summary>
internal sealed record InFlightSeries(Gauge Count, TimingHistogram Ratio)
{
    public void Increment()
    {
        Count.Increment();
        Ratio.Add(1);
    }

    public void Decrement()
    {
        Count.Decrement();
        Ratio.Add(-1);
    }
}
