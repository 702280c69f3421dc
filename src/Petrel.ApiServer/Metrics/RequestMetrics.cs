using System.Collections.Concurrent;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The instruments that see every request. What a request is for is looked up once; nothing is allocated after the first of its sort.</summary>
internal sealed class RequestMetrics
{
    // Upstream's buckets, in seconds.
    private static readonly double[] DurationBounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly ConcurrentDictionary<RequestLabels, RequestSeries> _series = new();
    private readonly MetricFamily<AnswerLabels, Counter> _total;
    private readonly MetricFamily<RequestLabels, Histogram> _durations;
    private readonly MetricFamily<LongRunningLabels, Gauge> _longRunning;
    private readonly Gauge _mutating;
    private readonly Gauge _readOnly;

    public RequestMetrics(MetricRegistry registry)
    {
        _total = registry.Counters<AnswerLabels>("apiserver_request_total", "Requests answered, by what they were for and the code of the answer.");
        _durations = registry.Histograms<RequestLabels>("apiserver_request_duration_seconds", "Time from a request to the end of its answer, in seconds.", DurationBounds);
        _longRunning = registry.Gauges<LongRunningLabels>("apiserver_longrunning_requests", "Watches and streams that are open.");
        var inFlight = registry.Gauges<RequestKindLabel>("apiserver_current_inflight_requests", "Requests being answered, without watches and streams.");
        (_mutating, _readOnly) = (inFlight.Of(new("mutating")), inFlight.Of(new("readOnly")));
    }

    /// <summary>The gauge that counts a request while it runs.</summary>
    public Gauge Running(in RequestLabels labels, bool isLongRunning, bool isMutating) => isLongRunning
        ? _longRunning.Of(new(labels.Verb, labels.Group, labels.Version, labels.Resource, labels.Subresource, labels.Scope))
        : isMutating ? _mutating : _readOnly;

    public void Ended(in RequestLabels labels, int code, TimeSpan duration)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            series = new RequestSeries(labels, _total, _durations.Of(labels));
            if (_series.Count < MetricFamily<RequestLabels, Histogram>.SeriesMax)
            {
                series = _series.GetOrAdd(labels, series);
            }
        }

        series.Ended(code, duration);
    }

    private sealed class RequestSeries(RequestLabels labels, MetricFamily<AnswerLabels, Counter> total, Histogram durations)
    {
        private readonly ConcurrentDictionary<int, Counter> _byCode = new();

        public void Ended(int code, TimeSpan duration)
        {
            durations.Observe(duration.TotalSeconds);
            if (!_byCode.TryGetValue(code, out var counter))
            {
                counter = _byCode.GetOrAdd(code, total.Of(new(labels, code)));
            }

            counter.Increment();
        }
    }
}
