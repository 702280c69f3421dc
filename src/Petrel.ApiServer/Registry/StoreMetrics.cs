using Petrel.Api.Resources;
using Petrel.ApiServer.Metrics;
using Petrel.Metrics;

namespace Petrel.ApiServer.Registry;

/// <summary>What is counted about the store's work for one kind, under the names that upstream has for etcd.</summary>
internal sealed class StoreMetrics
{
    // Upstream's buckets, in seconds.
    private static readonly double[] Bounds = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly TimeProvider _time;
    private readonly Series _get;
    private readonly Series _list;
    private readonly Series _create;
    private readonly Series _update;
    private readonly Series _delete;

    public StoreMetrics(MetricRegistry registry, GroupResource resource, TimeProvider time)
    {
        _time = time;
        var durations = registry.Histograms<OperationLabels>("etcd_request_duration_seconds", "Time of the store's answers, in seconds.", Bounds);
        var totals = registry.Counters<OperationLabels>("etcd_requests_total", "Requests to the store.");
        var errors = registry.Counters<OperationLabels>("etcd_request_errors_total", "Requests that the store could not carry out.");
        Series Of(string operation)
        {
            var labels = new OperationLabels(operation, resource.ToString());
            return new Series(durations.Of(labels), totals.Of(labels), errors.Of(labels));
        }

        Counter Lists(string what, string help) => registry.Counters<ResourceLabel>($"apiserver_storage_list_{what}", help).Of(new(resource.ToString()));
        ListsTotal = Lists("total", "Lists read from the store.");
        Fetched = Lists("fetched_objects_total", "Objects read from the store for lists.");
        Evaluated = Lists("evaluated_objects_total", "Objects looked at by selectors of lists.");
        Returned = Lists("returned_objects_total", "Objects in lists that were answered.");
        (_get, _list, _create, _update, _delete) = (Of("get"), Of("list"), Of("create"), Of("update"), Of("delete"));
    }

    public Counter ListsTotal { get; }

    public Counter Fetched { get; }

    public Counter Evaluated { get; }

    public Counter Returned { get; }

    public ValueTask<T> GetAsync<T>(long started, ValueTask<T> answer) => CountAsync(_get, answer, started);

    public ValueTask<T> ListAsync<T>(long started, ValueTask<T> answer) => CountAsync(_list, answer, started);

    public ValueTask<T> PutAsync<T>(bool isNew, long started, ValueTask<T> answer) => CountAsync(isNew ? _create : _update, answer, started);

    public ValueTask<T> DeleteAsync<T>(long started, ValueTask<T> answer) => CountAsync(_delete, answer, started);

    public long Start() => _time.GetTimestamp();

    private ValueTask<T> CountAsync<T>(Series series, ValueTask<T> answer, long started)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            return WaitAsync(series, answer, started);
        }

        series.Ended(_time.GetElapsedTime(started));
        return answer;
    }

    private async ValueTask<T> WaitAsync<T>(Series series, ValueTask<T> answer, long started)
    {
        try
        {
            return await answer;
        }
        catch
        {
            series.Errors.Increment();
            throw;
        }
        finally
        {
            series.Ended(_time.GetElapsedTime(started));
        }
    }

    private sealed record Series(Histogram Durations, Counter Totals, Counter Errors)
    {
        public void Ended(TimeSpan duration)
        {
            Durations.Observe(duration.TotalSeconds);
            Totals.Increment();
        }
    }

    private readonly record struct OperationLabels(string Operation, string Type) : ILabels<OperationLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["operation", "type"];

        public IReadOnlyList<string> Values() => [Operation, Type];
    }
}
