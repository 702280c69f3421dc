using Petrel.Metrics;

namespace Petrel.ApiServer.Fairness;

/// <summary>The series of one flow schema at its priority level, looked up once.</summary>
internal sealed class FlowMetrics(FairnessMetrics families, FlowLabels labels)
{
    public Counter Dispatched { get; } = families.Dispatched.Of(labels);

    public Counter Unaccommodated { get; } = families.Unaccommodated.Of(labels);

    public Gauge Waiting { get; } = families.Waiting.Of(labels);

    public Gauge Executing { get; } = families.Executing.Of(labels);

    public Gauge ExecutingSeats { get; } = families.ExecutingSeats.Of(labels);

    public Histogram Seats { get; } = families.Seats.Of(labels);

    public Histogram QueueLengths { get; } = families.QueueLengths.Of(labels);

    public Histogram WatchCounts { get; } = families.WatchCounts.Of(labels);

    public Histogram WaitOfExecuted { get; } = families.Waits.Of(new(labels, true));

    public Histogram WaitOfRejected { get; } = families.Waits.Of(new(labels, false));

    public Histogram WatchDuration { get; } = families.Executions.Of(new(labels, "watch"));

    public Histogram RegularDuration { get; } = families.Executions.Of(new(labels, "regular"));

    public void Rejected(string reason) => families.Rejected.Of(new(labels, reason)).Increment();
}
