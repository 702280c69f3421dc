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
    private readonly MetricFamily<AbortLabels, Counter> _aborts;
    private readonly MetricFamily<SelfLabels, Counter> _self;
    private readonly MetricFamily<DeprecationLabels, Gauge> _deprecated;

    public RequestMetrics(MetricRegistry registry)
    {
        _terminations = registry.Counters<TerminationLabels>("apiserver_request_terminations_total", "Requests that the server ended to protect itself.");
        _aborts = registry.Counters<AbortLabels>("apiserver_request_aborts_total", "Requests whose answers the server broke off.");
        _deprecated = registry.Gauges<DeprecationLabels>("apiserver_requested_deprecated_apis", "1 for each deprecated version that was asked for.");
        _self = registry.Counters<SelfLabels>("apiserver_selfrequest_total", "Requests that the server makes to itself.");
        _total = registry.Counters<AnswerLabels>("apiserver_request_total", "Requests answered, by what they were for and the code of the answer.");
        _durations = registry.Histograms<RequestLabels>("apiserver_request_duration_seconds", "Time from a request to the end of its answer, in seconds.", DurationBounds);
        _objectives = registry.Histograms<PurposeLabels>("apiserver_request_sli_duration_seconds", "Time from a request to the end of its answer without that of webhooks and queues, in seconds.", ObjectiveBounds);
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

    /// <summary>Counts an answer that was broken off.</summary>
    public void Aborted(in RequestLabels labels) =>
        _aborts.Of(new(labels.Group, labels.Version, labels.Verb, labels.Resource, labels.Subresource, labels.Scope)).Increment();

    /// <summary>Notes that a version was asked for that is on its way out.</summary>
    /// <param name="removed">The release without it, e.g. 1.38; empty when that is not planned.</param>
    public void Deprecated(in RequestLabels labels, string removed) => _deprecated.Of(new(labels.Group, labels.Version, labels.Resource, labels.Subresource, removed)).Set(1);

    /// <summary>Counts a request of the server to itself.</summary>
    public void Self(in RequestLabels labels) => _self.Of(new(labels.Verb, labels.Resource, labels.Subresource)).Increment();

    /// <summary>A body was read.</summary>
    /// <param name="verb">The API verb.</param>
    public void Read(in RequestLabels labels, string verb, long bytes) => _bodies.Of(new(labels.Group, labels.Resource, verb)).Observe(bytes);

    /// <param name="waited">Time of <paramref name="duration"/> for which objectives do not answer.</param>
    /// <param name="bytes">Of the objects that were sent; told of who reads only.</param>
    public void Ended(in RequestLabels labels, int code, TimeSpan duration, TimeSpan waited, long bytes)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            series = new RequestSeries(labels, _total, _durations.Of(labels), _objectives.Of(Purpose(labels)), labels.Verb is "GET" or "LIST" ? _sizes.Of(Purpose(labels)) : null);
            if (_series.Count < MetricFamily<RequestLabels, Histogram>.SeriesMax)
            {
                series = _series.GetOrAdd(labels, series);
            }
        }

        series.Ended(code, duration, waited, bytes);
    }

    private static PurposeLabels Purpose(in RequestLabels labels) =>
        new(labels.Verb, labels.Group, labels.Version, labels.Resource, labels.Subresource, labels.Scope);

    private readonly record struct BodyLabels(string Group, string Resource, string Verb) : ILabels<BodyLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["group", "resource", "verb"];

        public IReadOnlyList<string> Values() => [Group, Resource, Verb];
    }

    private readonly record struct AbortLabels(string Group, string Version, string Verb, string Resource, string Subresource, string Scope) : ILabels<AbortLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["group", "version", "verb", "resource", "subresource", "scope"];

        public IReadOnlyList<string> Values() => [Group, Version, Verb, Resource, Subresource, Scope];
    }

    private readonly record struct DeprecationLabels(string Group, string Version, string Resource, string Subresource, string Removed) : ILabels<DeprecationLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["group", "version", "resource", "subresource", "removed_release"];

        public IReadOnlyList<string> Values() => [Group, Version, Resource, Subresource, Removed];
    }

    private readonly record struct SelfLabels(string Verb, string Resource, string Subresource) : ILabels<SelfLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["verb", "resource", "subresource"];

        public IReadOnlyList<string> Values() => [Verb, Resource, Subresource];
    }

    private sealed class RequestSeries(RequestLabels labels, MetricFamily<AnswerLabels, Counter> total, Histogram durations, Histogram objectives, Histogram? sizes)
    {
        private readonly ConcurrentDictionary<int, Counter> _byCode = new();

        public void Ended(int code, TimeSpan duration, TimeSpan waited, long bytes)
        {
            sizes?.Observe(bytes);
            durations.Observe(duration.TotalSeconds);
            objectives.Observe((duration - waited).TotalSeconds);
            if (!_byCode.TryGetValue(code, out var counter))
            {
                counter = _byCode.GetOrAdd(code, total.Of(new(labels, code)));
            }

            counter.Increment();
        }
    }
}
