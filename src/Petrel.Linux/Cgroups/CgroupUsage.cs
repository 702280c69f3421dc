namespace Petrel.Linux.Cgroups;

/// <summary>What the processes of a cgroup and of those below it have used and use.</summary>
public sealed record CgroupUsage
{
    /// <summary>Processor time since the cgroup was made.</summary>
    public ulong CpuNanoseconds { get; init; }

    /// <summary>All memory charged, page cache included.</summary>
    public ulong MemoryBytes { get; init; }

    /// <summary>Memory that cannot be reclaimed easily: all but the inactive part of the page cache.</summary>
    public ulong WorkingSetBytes { get; init; }

    /// <summary>Anonymous memory.</summary>
    public ulong RssBytes { get; init; }

    public ulong PageFaults { get; init; }

    public ulong MajorPageFaults { get; init; }

    /// <summary>Null when there is no limit.</summary>
    public ulong? MemoryLimitBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public ulong Pids { get; init; }
}
