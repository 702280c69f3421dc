namespace Petrel.Linux.Cgroups;

/// <summary>
/// Cgroups of version 1: the same path in every mounted hierarchy. On a hybrid machine the version 2 tree has the
/// path too, because runtimes put their processes there as well; it is made and removed along with the others.
/// </summary>
internal sealed class CgroupV1Tree(CgroupMounts mounts) : ICgroupTree
{
    // A memory limit above this is the kernel's "none": the largest multiple of a page.
    private const ulong NoMemoryLimit = 0x7FFF_FFFF_FFFF_0000;

    private readonly string[] _hierarchies =
        [.. mounts.Controllers.Values.Concat(mounts.Named).Concat(mounts.Unified is { } unified ? [unified] : []).Distinct()];

    public bool IsUnified => false;

    public IReadOnlySet<string> Controllers { get; } = mounts.Controllers.Keys.ToHashSet();

    public bool Exists(string path) => mounts.Controllers.Values.All(mount => Directory.Exists(CgroupDirectory.Of(mount, path)));

    public void Create(string path)
    {
        foreach (var mount in _hierarchies)
        {
            Directory.CreateDirectory(CgroupDirectory.Of(mount, path));
        }

        if (mounts.Controllers.TryGetValue("cpuset", out var cpuset))
        {
            CopyCpusetDownwards(cpuset, path);
        }
    }

    public void Apply(string path, CgroupLimits limits)
    {
        if (limits.CpuShares is { } shares && DirectoryIn("cpu", path) is { } cpu)
        {
            CgroupFile.Write(cpu, "cpu.shares", shares);
        }

        if (limits.CpuQuotaMicroseconds is { } quota && DirectoryIn("cpu", path) is { } bandwidth)
        {
            CgroupFile.Write(bandwidth, "cpu.cfs_period_us", limits.CpuPeriodMicroseconds);
            CgroupFile.Write(bandwidth, "cpu.cfs_quota_us", quota);
        }

        if (limits.MemoryBytes is { } memory && DirectoryIn("memory", path) is { } memoryDirectory)
        {
            CgroupFile.Write(memoryDirectory, "memory.limit_in_bytes", memory);
        }

        if (limits.Pids is { } pids && DirectoryIn("pids", path) is { } pidsDirectory)
        {
            CgroupFile.Write(pidsDirectory, "pids.max", pids == CgroupLimits.Unlimited ? "max" : pids.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var (pageSize, bytes) in limits.HugepageBytes)
        {
            if (DirectoryIn("hugetlb", path) is { } hugetlb)
            {
                CgroupFile.Write(hugetlb, $"hugetlb.{pageSize}.limit_in_bytes", bytes);
            }
        }
    }

    public CgroupUsage? ReadUsage(string path)
    {
        var memory = DirectoryIn("memory", path);
        var cpu = DirectoryIn("cpuacct", path);
        if (!Directory.Exists(memory ?? cpu))
        {
            return null;
        }

        var stat = memory is null ? [] : CgroupFile.ReadTable(memory, "memory.stat");
        var used = memory is null ? 0 : CgroupFile.ReadNumber(memory, "memory.usage_in_bytes");
        var limit = stat.GetValueOrDefault("hierarchical_memory_limit", ulong.MaxValue);
        return new CgroupUsage
        {
            CpuNanoseconds = cpu is null ? 0 : CgroupFile.ReadNumber(cpu, "cpuacct.usage"),
            MemoryBytes = used,
            WorkingSetBytes = used - Math.Min(used, stat.GetValueOrDefault("total_inactive_file")),
            RssBytes = stat.GetValueOrDefault("total_rss"),
            PageFaults = stat.GetValueOrDefault("total_pgfault"),
            MajorPageFaults = stat.GetValueOrDefault("total_pgmajfault"),
            MemoryLimitBytes = limit >= NoMemoryLimit ? null : limit,
            Pids = DirectoryIn("pids", path) is { } pids ? CgroupFile.ReadNumber(pids, "pids.current") : 0,
        };
    }

    public IReadOnlyCollection<string> Children(string path) =>
        [.. _hierarchies.SelectMany(mount => CgroupDirectory.Children(CgroupDirectory.Of(mount, path))).Distinct()];

    public IReadOnlyCollection<int> Processes(string path) =>
        [.. _hierarchies.SelectMany(mount => CgroupDirectory.Processes(CgroupDirectory.Of(mount, path))).Distinct()];

    public void Kill(string path) => CgroupDirectory.Kill(Processes(path));

    public bool TryRemove(string path)
    {
        var removed = true;
        foreach (var mount in _hierarchies)
        {
            removed &= CgroupDirectory.TryRemove(CgroupDirectory.Of(mount, path));
        }

        return removed;
    }

    private string? DirectoryIn(string controller, string path) =>
        mounts.Controllers.TryGetValue(controller, out var mount) ? CgroupDirectory.Of(mount, path) : null;

    /// <summary>A new cpuset is empty, and no process can enter it until it has processors and memory nodes (cpuset(7)).</summary>
    private static void CopyCpusetDownwards(string mount, string path)
    {
        var parent = mount;
        foreach (var level in CgroupDirectory.Levels(path))
        {
            var directory = CgroupDirectory.Of(mount, level);
            foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
            {
                if (CgroupFile.Read(directory, file) is "" && CgroupFile.Read(parent, file) is { Length: > 0 } inherited)
                {
                    CgroupFile.Write(directory, file, inherited);
                }
            }

            parent = directory;
        }
    }
}
