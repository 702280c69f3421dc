using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>How long filters take until they let a request pass, under upstream's name.</summary>
internal sealed class FilterTimes(MetricRegistry registry, TimeProvider time)
{
    // Upstream's buckets, in seconds.
    private static readonly double[] Bounds = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 5];

    private readonly MetricFamily<FilterLabel, Histogram> _durations =
        registry.Histograms<FilterLabel>("apiserver_request_filter_duration_seconds", "Time for which a filter held a request that it let pass, in seconds.", Bounds);

    /// <summary>The filter between two that look at the clock.</summary>
    public IReadOnlyList<IRequestFilter> Of(string name, IRequestFilter filter) => [new Start(time), filter, new End(time, _durations.Of(new(name)))];

    private sealed class Start(TimeProvider time) : IRequestFilter
    {
        public Task InvokeAsync(HttpContext context, RequestDelegate next)
        {
            RequestContext.Of(context).FilterStarted = time.GetTimestamp();
            return next(context);
        }
    }

    private sealed class End(TimeProvider time, Histogram durations) : IRequestFilter
    {
        public Task InvokeAsync(HttpContext context, RequestDelegate next)
        {
            durations.Observe(time.GetElapsedTime(RequestContext.Of(context).FilterStarted).TotalSeconds);
            return next(context);
        }
    }

    private readonly record struct FilterLabel(string Name) : ILabels<FilterLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["filter"];

        public IReadOnlyList<string> Values() => [Name];
    }
}
