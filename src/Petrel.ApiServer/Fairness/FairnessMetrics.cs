using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>What priority and fairness shows of itself, under upstream's names (kubernetes.io, "API Priority and Fairness: Metrics").</summary>
internal sealed class FairnessMetrics
{
    private const string Prefix = "apiserver_flowcontrol_";

    // Upstream's buckets: seconds, seats and watches.
    private static readonly double[] DurationBounds = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];
    private static readonly double[] SeatBounds = [1, 2, 4, 10];
    private static readonly double[] LengthBounds = [0, 10, 25, 50, 100, 250, 500, 1000];
    private static readonly double[] WatchBounds = [0, 1, 10, 100, 1000, 10000];

    private readonly MetricFamily<PriorityLevelLabel, Gauge> _nominal;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _lower;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _upper;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _current;
    private volatile IReadOnlyDictionary<string, (SeatDemandPeriod Demand, double Target)> _demands = new Dictionary<string, (SeatDemandPeriod, double)>();
    private double _fairFraction;

    public FairnessMetrics(MetricRegistry registry)
    {
        Rejected = registry.Counters<RejectionLabels>(Prefix + "rejected_requests_total", "Requests that priority and fairness refused.");
        Dispatched = registry.Counters<FlowLabels>(Prefix + "dispatched_requests_total", "Requests that priority and fairness let run.");
        Waiting = registry.Gauges<FlowLabels>(Prefix + "current_inqueue_requests", "Requests that wait in queues.");
        Executing = registry.Gauges<FlowLabels>(Prefix + "current_executing_requests", "Requests that run, and watches that send their initial state.");
        ExecutingSeats = registry.Gauges<FlowLabels>(Prefix + "current_executing_seats", "Seats taken by the requests that run.");
        Waits = registry.Histograms<WaitLabels>(Prefix + "request_wait_duration_seconds", "Time spent in queues, in seconds.", DurationBounds);
        Executions = registry.Histograms<ExecutionLabels>(Prefix + "request_execution_seconds", "Time of running, of a watch that of its start, in seconds.", DurationBounds);
        Seats = registry.Histograms<FlowLabels>(Prefix + "work_estimated_seats", "Seats that requests are estimated to take.", SeatBounds);
        WatchCounts = registry.Histograms<FlowLabels>(Prefix + "watch_count_samples", "Watches that see a write.", WatchBounds);
        QueueLengths = registry.Histograms<FlowLabels>(Prefix + "request_queue_length_after_enqueue", "Requests in a queue when one has been added.", LengthBounds);
        _nominal = registry.Gauges<PriorityLevelLabel>(Prefix + "nominal_limit_seats", "Seats of a priority level by its share.");
        _lower = registry.Gauges<PriorityLevelLabel>(Prefix + "lower_limit_seats", "Seats that a priority level keeps.");
        _upper = registry.Gauges<PriorityLevelLabel>(Prefix + "upper_limit_seats", "Seats that a priority level may have with borrowed ones.");
        _current = registry.Gauges<PriorityLevelLabel>(Prefix + "current_limit_seats", "Seats that a priority level has now.");
        registry.Read(Prefix + "seat_fair_frac", "gauge", "Part of their demand that priority levels get when seats are divided.", () => Volatile.Read(ref _fairFraction));
        ReadDemand(registry, "demand_seats_high_watermark", "Highest demand for seats in the last period.", static each => each.Demand.Peak);
        ReadDemand(registry, "demand_seats_average", "Average demand for seats in the last period.", static each => each.Demand.Average);
        ReadDemand(registry, "demand_seats_stdev", "Standard deviation of the demand for seats in the last period.", static each => each.Demand.Deviation);
        ReadDemand(registry, "demand_seats_smoothed", "Smoothed demand for seats.", static each => each.Demand.Smoothed);
        ReadDemand(registry, "target_seats", "Demand by which a priority level is weighed when seats are divided.", static each => each.Target);
    }

    public MetricFamily<RejectionLabels, Counter> Rejected { get; }

    public MetricFamily<FlowLabels, Counter> Dispatched { get; }

    public MetricFamily<FlowLabels, Gauge> Waiting { get; }

    public MetricFamily<FlowLabels, Gauge> Executing { get; }

    public MetricFamily<FlowLabels, Gauge> ExecutingSeats { get; }

    public MetricFamily<WaitLabels, Histogram> Waits { get; }

    public MetricFamily<ExecutionLabels, Histogram> Executions { get; }

    public MetricFamily<FlowLabels, Histogram> Seats { get; }

    public MetricFamily<FlowLabels, Histogram> WatchCounts { get; }

    public MetricFamily<FlowLabels, Histogram> QueueLengths { get; }

    public void Limits(string level, SeatLimits limits)
    {
        _nominal.Of(new(level)).Set(limits.Nominal);
        _lower.Of(new(level)).Set(limits.Lower);
        _upper.Of(new(level)).Set(limits.Upper);
    }

    public void Divided(IReadOnlyDictionary<string, (SeatDemandPeriod Demand, double Target)> demands, double fairFraction)
    {
        _demands = demands;
        Volatile.Write(ref _fairFraction, fairFraction);
    }

    public void CurrentLimit(string level, int seats) => _current.Of(new(level)).Set(seats);

    private void ReadDemand(MetricRegistry registry, string name, string help, Func<(SeatDemandPeriod Demand, double Target), double> read) =>
        registry.Read<PriorityLevelLabel>(Prefix + name, "gauge", help, _ => ValueTask.FromResult<IReadOnlyList<(PriorityLevelLabel, double)>>(
            [.. _demands.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(each => (new PriorityLevelLabel(each.Key), read(each.Value)))]));
}
