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

    private static readonly double[] RequestRatioBounds = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1];
    private static readonly double[] SeatRatioBounds = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];
    private static readonly double[] DemandRatioBounds = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.8, 4, 6];

    private readonly MetricFamily<PhaseLabels, TimingHistogram> _requestRatios;
    private readonly MetricFamily<PhaseLabels, TimingHistogram> _seatRatios;
    private readonly MetricFamily<PriorityLevelLabel, TimingHistogram> _demandRatios;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _nominal;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _lower;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _upper;
    private readonly MetricFamily<PriorityLevelLabel, Gauge> _current;
    private volatile IReadOnlyDictionary<string, (SeatDemandPeriod Demand, double Target)> _demands = new Dictionary<string, (SeatDemandPeriod, double)>();
    private double _fairFraction;

    public FairnessMetrics(MetricRegistry registry, TimeProvider time)
    {
        Unaccommodated = registry.Counters<FlowLabels>(Prefix + "request_dispatch_no_accommodation_total", "Times that a request's turn had come and there were not enough seats for it.");
        _requestRatios = registry.TimingHistograms<PhaseLabels>(Prefix + "priority_level_request_utilization", "Requests as a part of those that may run, or wait, over every nanosecond.", RequestRatioBounds, time);
        _seatRatios = registry.TimingHistograms<PhaseLabels>(Prefix + "priority_level_seat_utilization", "Seats taken as a part of those there are, over every nanosecond.", SeatRatioBounds, time);
        _demandRatios = registry.TimingHistograms<PriorityLevelLabel>(Prefix + "demand_seats", "Seats that could be used as a part of the nominal ones, over every nanosecond.", DemandRatioBounds, time);
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

    public MetricFamily<FlowLabels, Counter> Unaccommodated { get; }

    public MetricFamily<FlowLabels, Gauge> Waiting { get; }

    public MetricFamily<FlowLabels, Gauge> Executing { get; }

    public MetricFamily<FlowLabels, Gauge> ExecutingSeats { get; }

    public MetricFamily<WaitLabels, Histogram> Waits { get; }

    public MetricFamily<ExecutionLabels, Histogram> Executions { get; }

    public MetricFamily<FlowLabels, Histogram> Seats { get; }

    public MetricFamily<FlowLabels, Histogram> WatchCounts { get; }

    public MetricFamily<FlowLabels, Histogram> QueueLengths { get; }

    /// <summary>The series of one priority level, which follow it.</summary>
    public PriorityLevelMetrics Of(string level) => new(
        _requestRatios.Of(new("waiting", level)), _requestRatios.Of(new("executing", level)), _seatRatios.Of(new("executing", level)), _demandRatios.Of(new(level)));

    /// <summary>Shows where the virtual time of the levels is.</summary>
    public static void ShowProgress(MetricRegistry registry, Func<IEnumerable<PriorityLevel>> levels)
    {
        void Read(string name, string help, Func<VirtualProgress, double> read) => registry.Read<PriorityLevelLabel>(
            Prefix + name, "gauge", help, _ => ValueTask.FromResult<IReadOnlyList<(PriorityLevelLabel, double)>>([.. InOrder().Select(level => (new PriorityLevelLabel(level.Name), read(level.Progress())))]));
        void ReadBounds(string name, string help, Func<VirtualProgress, (double Min, double Max)?> read) => registry.Read<BoundLabels>(
            Prefix + name, "gauge", help, _ => ValueTask.FromResult<IReadOnlyList<(BoundLabels, double)>>([.. InOrder().SelectMany(level => read(level.Progress()) is { } found
                ? new[] { (new BoundLabels("min", level.Name), found.Min), (new BoundLabels("max", level.Name), found.Max) } : [])]));
        IEnumerable<PriorityLevel> InOrder() => levels().Where(static level => level.HasQueues).OrderBy(static level => level.Name, StringComparer.Ordinal);

        Read("current_r", "Virtual time of the last change, in seat-seconds.", static progress => progress.Now);
        Read("dispatch_r", "Virtual time at which a request was last let run, in seat-seconds.", static progress => progress.LastDispatch);
        Read("latest_s", "Virtual time at which the request begins that was last let run, in seat-seconds.", static progress => progress.LastStart);
        ReadBounds("next_s_bounds", "Least and greatest virtual times, over the queues, at which their oldest waiting requests begin.", static progress => progress.NextStarts);
        ReadBounds("next_discounted_s_bounds", "Least and greatest of these times less the work that is estimated to be in progress.", static progress => progress.NextDiscountedStarts);
    }

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

    private readonly record struct PhaseLabels(string Phase, string Level) : ILabels<PhaseLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["phase", "priority_level"];

        public IReadOnlyList<string> Values() => [Phase, Level];
    }

    private readonly record struct BoundLabels(string Bound, string Level) : ILabels<BoundLabels>
    {
        public static IReadOnlyList<string> Names { get; } = ["bound", "priority_level"];

        public IReadOnlyList<string> Values() => [Bound, Level];
    }

    private void ReadDemand(MetricRegistry registry, string name, string help, Func<(SeatDemandPeriod Demand, double Target), double> read) =>
        registry.Read<PriorityLevelLabel>(Prefix + name, "gauge", help, _ => ValueTask.FromResult<IReadOnlyList<(PriorityLevelLabel, double)>>(
            [.. _demands.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(each => (new PriorityLevelLabel(each.Key), read(each.Value)))]));
}
