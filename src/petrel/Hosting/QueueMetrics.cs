using System.Collections.Concurrent;
using Petrel.Client.Queues;
using Petrel.Metrics;

namespace Petrel.Program.Hosting;

/// <summary>What is counted about the queues of controllers, under upstream's names.</summary>
internal sealed class QueueMetrics
{
    // Upstream's buckets, in seconds: ten nanoseconds and eleven times ten times more.
    private static readonly double[] Bounds = [.. Enumerable.Range(-8, 12).Select(static power => Math.Pow(10, power))];

    private readonly ConcurrentDictionary<string, Func<(TimeSpan All, TimeSpan Longest)>> _working = new();
    private readonly MetricFamily<NameLabel, Counter> _adds;
    private readonly MetricFamily<NameLabel, Gauge> _depth;
    private readonly MetricFamily<NameLabel, Histogram> _waits;
    private readonly MetricFamily<NameLabel, Histogram> _works;
    private readonly MetricFamily<NameLabel, Counter> _retries;

    public QueueMetrics(MetricRegistry registry)
    {
        _adds = registry.Counters<NameLabel>("workqueue_adds_total", "Keys added to a queue.");
        _depth = registry.Gauges<NameLabel>("workqueue_depth", "Keys that wait in a queue.");
        _waits = registry.Histograms<NameLabel>("workqueue_queue_duration_seconds", "Time that keys wait in a queue, in seconds.", Bounds);
        _works = registry.Histograms<NameLabel>("workqueue_work_duration_seconds", "Time of work on keys, in seconds.", Bounds);
        _retries = registry.Counters<NameLabel>("workqueue_retries_total", "Keys that are worked on again after a failure.");
        Read(registry, "workqueue_unfinished_work_seconds", "Time that the keys in work have been in work, in seconds.", static working => working.All);
        Read(registry, "workqueue_longest_running_processor_seconds", "Time that the key has been in work which is longest, in seconds.", static working => working.Longest);
    }

    /// <summary>Counts for the queue of a controller.</summary>
    public IQueueObserver Of(string name)
    {
        const string Suffix = "-controller";
        name = (name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name).Replace('-', '_');
        return new Observer(this, name);
    }

    private void Read(MetricRegistry registry, string name, string help, Func<(TimeSpan All, TimeSpan Longest), TimeSpan> read) =>
        registry.Read<NameLabel>(name, "gauge", help, _ => ValueTask.FromResult<IReadOnlyList<(NameLabel, double)>>(
            [.. _working.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(each => (new NameLabel(each.Key), read(each.Value()).TotalSeconds))]));

    private sealed class Observer(QueueMetrics metrics, string name) : IQueueObserver
    {
        private readonly Counter _adds = metrics._adds.Of(new(name));
        private readonly Gauge _depth = metrics._depth.Of(new(name));
        private readonly Histogram _waits = metrics._waits.Of(new(name));
        private readonly Histogram _works = metrics._works.Of(new(name));
        private readonly Counter _retries = metrics._retries.Of(new(name));

        public void Begin(Func<(TimeSpan All, TimeSpan Longest)> working) => metrics._working[name] = working;

        public void Added(int count)
        {
            _adds.Increment();
            _depth.Set(count);
        }

        public void Taken(int count, TimeSpan waited)
        {
            _depth.Set(count);
            _waits.Observe(waited.TotalSeconds);
        }

        public void Done(TimeSpan worked) => _works.Observe(worked.TotalSeconds);

        public void Retried() => _retries.Increment();
    }

    private readonly record struct NameLabel(string Name) : ILabels<NameLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["name"];

        public IReadOnlyList<string> Values() => [Name];
    }
}
