namespace Petrel.Linux.Cgroups;

/// <summary>Limits to write to one cgroup; null leaves what is there, <see cref="Unlimited"/> lifts a limit.</summary>
public sealed record CgroupLimits
{
    public const long Unlimited = -1;

    /// <summary>Weight against siblings in the scale of cgroup v1, 2 to 262144; 1024 is one core's worth by convention.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Run time per period, in microseconds.</summary>
    public long? CpuQuotaMicroseconds { get; init; }

    public long CpuPeriodMicroseconds { get; init; } = 100_000;

    public long? MemoryBytes { get; init; }

    /// <summary>Most processes and threads.</summary>
    public long? Pids { get; init; }

    /// <summary>Bytes per page size, which is written as the kernel does: 2MB.</summary>
    public IReadOnlyDictionary<string, long> HugepageBytes { get; init; } = new Dictionary<string, long>();
}
