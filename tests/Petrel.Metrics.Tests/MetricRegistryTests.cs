using System.Buffers;
using System.Text;

namespace Petrel.Metrics.Tests;

public class MetricRegistryTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public async Task Counters_and_gauges_are_shown_by_name_and_labels()
    {
        var requests = _registry.Counters<Kind>("requests_total", "Requests.");
        requests.Of(new("b", "x")).Add(3);
        requests.Of(new("a", "quote \" back \\ line \n")).Increment();
        _registry.Gauges<NoLabels>("busy", "Busy now.").Of(default).Set(-2);
        Assert.Equal(
            """
            # HELP busy Busy now.
            # TYPE busy gauge
            busy -2
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{verb="a",resource="quote \" back \\ line \n"} 1
            requests_total{verb="b",resource="x"} 3

            """,
            await TextAsync());
    }

    [Fact]
    public async Task A_histogram_counts_up_to_each_bound()
    {
        var durations = _registry.Histograms<Kind>("duration_seconds", "Durations.", [0.1, 1]).Of(new("get", "pods"));
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 7])
        {
            durations.Observe(seconds);
        }

        Assert.Equal(
            """
            # HELP duration_seconds Durations.
            # TYPE duration_seconds histogram
            duration_seconds_bucket{verb="get",resource="pods",le="0.1"} 2
            duration_seconds_bucket{verb="get",resource="pods",le="1"} 3
            duration_seconds_bucket{verb="get",resource="pods",le="+Inf"} 4
            duration_seconds_sum{verb="get",resource="pods"} 7.65
            duration_seconds_count{verb="get",resource="pods"} 4

            """,
            await TextAsync());
    }

    [Fact]
    public async Task Numbers_may_be_read_when_asked_for()
    {
        var value = 1.5;
        _registry.Read("heat", "gauge", "Warmth.", () => value);
        Assert.Contains("\nheat 1.5\n", await TextAsync(), StringComparison.Ordinal);
        value = double.PositiveInfinity;
        Assert.Contains("\nheat +Inf\n", await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_name_again_gives_the_metric_that_is_there()
    {
        _registry.Counters<Kind>("requests_total", "Requests.").Of(new("a", "b")).Increment();
        Assert.Equal(1, _registry.Counters<Kind>("requests_total", "Requests.").Of(new("a", "b")).Value);
        Assert.Throws<ArgumentException>(() => _registry.Gauges<Kind>("requests_total", "Requests."));
    }

    [Fact]
    public async Task Made_up_labels_do_not_fill_the_memory()
    {
        var family = _registry.Counters<Kind>("requests_total", "Requests.");
        for (var i = 0; i < MetricFamily<Kind, Counter>.SeriesMax + 500; i++)
        {
            family.Of(new("get", $"made-up-{i}")).Increment();
        }

        Assert.Equal(MetricFamily<Kind, Counter>.SeriesMax + 2, (await TextAsync()).Count(c => c == '\n'));
    }

    [Fact]
    public async Task Nothing_is_lost_when_threads_count_together()
    {
        var counter = _registry.Counters<NoLabels>("c", "C.").Of(default);
        var histogram = _registry.Histograms<NoLabels>("h", "H.", [1]).Of(default);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Increment();
                histogram.Observe(0.5);
            }
        })));
        Assert.Equal((40_000, 40_000, 20_000.0), (counter.Value, histogram.Count, histogram.Sum));
    }

    [Fact]
    public void Looking_up_a_series_allocates_nothing()
    {
        var family = _registry.Counters<Kind>("requests_total", "Requests.");
        Count(family, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(family, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_process_shows_what_it_uses()
    {
        ProcessMetrics.AddTo(_registry);
        var text = await TextAsync();
        foreach (var name in (string[])["process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes", "process_start_time_seconds", "process_open_fds", "process_max_fds"])
        {
            var line = text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
            Assert.True(line.EndsWith("+Inf", StringComparison.Ordinal) || double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) > 0, line);
        }
    }

    private static void Count(MetricFamily<Kind, Counter> family, int times)
    {
        for (var i = 0; i < times; i++)
        {
            family.Of(new("get", "pods")).Increment();
        }
    }

    private async Task<string> TextAsync()
    {
        var output = new ArrayBufferWriter<byte>();
        await _registry.WriteAsync(output, CancellationToken.None);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private readonly record struct Kind(string Verb, string Resource) : ILabels<Kind>
    {
        public static IReadOnlyList<string> Names { get; } = ["verb", "resource"];

        public IReadOnlyList<string> Values() => [Verb, Resource];
    }
}
