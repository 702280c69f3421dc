using System.Collections.Concurrent;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The instruments that see every request. What a request is for is looked up once; nothing is allocated after the first of its sort.</summary>
internal sealed class RequestMetrics
{
    // Upstream's buckets, in seconds.
    private static readonly double[] DurationBounds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    // In bytes.
    private static readonly double[] SizeBounds = [.. Enumerable.Range(3, 7).Select(static power => Math.Pow(10, power))];
    private static readonly double[] BodyBounds = [.. Enumerable.Range(0, 31).Select(static step => 50_000d + (step * 100_000))];

    private static readonly double[] ObjectiveBounds = [0.05, .. DurationBounds.Where(static bound => bound > 0.05)];

    private readonly ConcurrentDictionary<RequestLabels, RequestSeries> _series = new();
    private readonly MetricFamily<AnswerLabels, Counter> _total;
    private readonly MetricFamily<RequestLabels, Histogram> _durations;
    private readonly MetricFamily<PurposeLabels, Histogram> _objectives;
    private readonly MetricFamily<PurposeLabels, Histogram> _sizes;
    private readonly MetricFamily<BodyLabels, Histogram> _bodies;
    private readonly MetricFamily<PurposeLabels, Gauge> _longRunning;

    private readonly MetricFamily<TerminationLabels, Counter> _terminations;

    public RequestMetrics(MetricRegistry registry)
    {
        _terminations = registry.Counters<TerminationLabels>("apiserver_request_terminations_total", "Requests that the server ended to protect itself.");
        _total = registry.Counters<AnswerLabels>("apiserver_request_total", "Requests answered, by what they were for and the code of the answer.");
        _durations = registry.Histograms<RequestLabels>("apiserver_request_duration_seconds", "Time from a request to the end of its answer, in seconds.", DurationBounds);
        _objectives = registry.Histograms<PurposeLabels>("apiserver_request_sli_duration_seconds", "Time from a request to the end of its answer, in seconds, as service level objectives take it.", ObjectiveBounds);
        _sizes = registry.Histograms<PurposeLabels>("apiserver_response_sizes", "Sizes of the answers to who reads, in bytes.", SizeBounds);
        _bodies = registry.Histograms<BodyLabels>("apiserver_request_body_size_bytes", "Sizes of the bodies of requests, in bytes.", BodyBounds);
        _longRunning = registry.Gauges<PurposeLabels>("apiserver_longrunning_requests", "Watches and streams that are open.");
    }

    /// <summary>The gauge that counts a watch or stream while it is open.</summary>
    public Gauge LongRunning(in RequestLabels labels) =>
        _longRunning.Of(Purpose(labels));

    /// <summary>Counts a request that the server ended to protect itself.</summary>
    public void Terminated(in RequestLabels labels, int code) =>
        _terminations.Of(new(labels.Verb, labels.Group, labels.Version, labels.Resource, labels.Subresource, labels.Scope, code)).Increment();

    /// <summary>A body was read.</summary>
    /// <param name="verb">The API verb.</param>
    public void Read(in RequestLabels labels, string verb, long bytes) => _bodies.Of(new(labels.Group, labels.Resource, verb)).Observe(bytes);

    /// <param name="bytes">Of the objects that were sent; told of who reads only.</param>
    public void Ended(in RequestLabels labels, int code, TimeSpan duration, long bytes)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            series = new RequestSeries(labels, _total, _durations.Of(labels), _objectives.Of(Purpose(labels)), labels.Verb is "GET" or "LIST" ? _sizes.Of(Purpose(labels)) : null);
            if (_series.Count < MetricFamily<RequestLabels, Histogram>.SeriesMax)
            {
                series = _series.GetOrAdd(labels, series);
            }
        }

        series.Ended(code, duration, bytes);
    }

    private static PurposeLabels Purpose(in RequestLabels labels) =>
        new(labels.Verb, labels.Group, labels.Version, labels.Resource, labels.Subresource, labels.Scope);

    private readonly record struct BodyLabels(string Group, string Resource, string Verb) : ILabels<BodyLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["group", "resource", "verb"];

        public IReadOnlyList<string> Values() => [Group, Resource, Verb];
    }

    private sealed class RequestSeries(RequestLabels labels, MetricFamily<AnswerLabels, Counter> total, Histogram durations, Histogram objectives, Histogram? sizes)
    {
        private readonly ConcurrentDictionary<int, Counter> _byCode = new();

        public void Ended(int code, TimeSpan duration, long bytes)
        {
            sizes?.Observe(bytes);
            durations.Observe(duration.TotalSeconds);
            objectives.Observe(duration.TotalSeconds);
            if (!_byCode.TryGetValue(code, out var counter))
            {
                counter = _byCode.GetOrAdd(code, total.Of(new(labels, code)));
            }

            counter.Increment();
        }
    }
}
