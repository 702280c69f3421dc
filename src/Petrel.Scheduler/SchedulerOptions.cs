namespace Petrel.Scheduler;

/// <summary>How the scheduler works. Defaults are upstream's (KubeSchedulerConfiguration).</summary>
public sealed record SchedulerOptions
{
    /// <summary>Only pods whose spec.schedulerName is this are scheduled.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

    /// <summary>
    /// Percent of the nodes that are enough to choose from once they turned out feasible; 0 adapts it to the number of nodes
    /// (50 for 100 nodes, down to 5 for thousands). At least 100 nodes are looked at in any case.
    /// </summary>
    public int PercentageOfNodesToScore { get; init; }

    /// <summary>Wait of a pod after its first failed attempt; doubled with each further one.</summary>
    public TimeSpan PodInitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of a pod after a failed attempt.</summary>
    public TimeSpan PodMaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A pod that nothing seemed to help for so long is tried again all the same.</summary>
    public TimeSpan PodMaxInUnschedulable { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bindings and status updates under way at the same time. More wait, and scheduling with them.</summary>
    public int ParallelWritesMax { get; init; } = 128;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(SchedulerName);
        ArgumentOutOfRangeException.ThrowIfNegative(PercentageOfNodesToScore);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PercentageOfNodesToScore, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PodInitialBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PodMaxBackoff, PodInitialBackoff);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PodMaxInUnschedulable, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ParallelWritesMax, 1);
    }
}
