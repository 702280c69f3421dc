using System.Globalization;

namespace Petrel.Linux.Cgroups;

/// <summary>Cgroups of version 2: one tree (Linux Documentation/admin-guide/cgroup-v2.rst).</summary>
internal sealed class CgroupV2Tree(string mount) : ICgroupTree
{
    // A kernel that lacks one of these has a tree without it.
    private static readonly string[] Wanted = ["cpu", "cpuset", "io", "memory", "hugetlb", "pids"];

    public bool IsUnified => true;

    public IReadOnlySet<string> Controllers { get; } = ReadControllers(mount);

    public bool Exists(string path) => Directory.Exists(DirectoryOf(path));

    public void Create(string path)
    {
        // A cgroup has the controllers its parent hands down, so the whole way from the root must do so.
        var parent = mount;
        foreach (var level in CgroupDirectory.Levels(path))
        {
            HandDownControllers(parent);
            parent = DirectoryOf(level);
            Directory.CreateDirectory(parent);
        }

        HandDownControllers(parent);
    }

    public void Apply(string path, CgroupLimits limits)
    {
        var directory = DirectoryOf(path);
        if (limits.CpuShares is { } shares && Controllers.Contains("cpu"))
        {
            CgroupFile.Write(directory, "cpu.weight", WeightOf(shares));
        }

        if (limits.CpuQuotaMicroseconds is { } quota && Controllers.Contains("cpu"))
        {
            CgroupFile.Write(directory, "cpu.max", string.Create(CultureInfo.InvariantCulture, $"{NumberOrMax(quota)} {limits.CpuPeriodMicroseconds}"));
        }

        if (limits.MemoryBytes is { } memory && Controllers.Contains("memory"))
        {
            CgroupFile.Write(directory, "memory.max", NumberOrMax(memory));
        }

        if (limits.Pids is { } pids && Controllers.Contains("pids"))
        {
            CgroupFile.Write(directory, "pids.max", NumberOrMax(pids));
        }

        foreach (var (pageSize, bytes) in limits.HugepageBytes)
        {
            if (Controllers.Contains("hugetlb"))
            {
                CgroupFile.Write(directory, $"hugetlb.{pageSize}.max", NumberOrMax(bytes));
            }
        }
    }

    public CgroupUsage? ReadUsage(string path)
    {
        var directory = DirectoryOf(path);
        if (!Directory.Exists(directory))
        {
            return null;
        }

        var stat = CgroupFile.ReadTable(directory, "memory.stat");
        var used = CgroupFile.ReadNumber(directory, "memory.current");
        return new CgroupUsage
        {
            CpuNanoseconds = CgroupFile.ReadTable(directory, "cpu.stat").GetValueOrDefault("usage_usec") * 1000,
            MemoryBytes = used,
            WorkingSetBytes = used - Math.Min(used, stat.GetValueOrDefault("inactive_file")),
            RssBytes = stat.GetValueOrDefault("anon"),
            PageFaults = stat.GetValueOrDefault("pgfault"),
            MajorPageFaults = stat.GetValueOrDefault("pgmajfault"),
            MemoryLimitBytes = ulong.TryParse(CgroupFile.Read(directory, "memory.max"), CultureInfo.InvariantCulture, out var limit) ? limit : null,
            Pids = CgroupFile.ReadNumber(directory, "pids.current"),
        };
    }

    public IReadOnlyCollection<string> Children(string path) => [.. CgroupDirectory.Children(DirectoryOf(path))];

    public IReadOnlyCollection<int> Processes(string path) => [.. CgroupDirectory.Processes(DirectoryOf(path))];

    public void Kill(string path)
    {
        // cgroup.kill (Linux 5.14) also catches what forks meanwhile.
        var directory = DirectoryOf(path);
        if (File.Exists(Path.Combine(directory, "cgroup.kill")))
        {
            CgroupFile.Write(directory, "cgroup.kill", 1);
        }
        else
        {
            CgroupDirectory.Kill(Processes(path));
        }
    }

    public bool TryRemove(string path) => CgroupDirectory.TryRemove(DirectoryOf(path));

    /// <summary>
    /// The weight, 1 to 10000, for a version 1 share, 2 to 262144: the linear map that the node agent and runtimes use
    /// (KEP-2254).
    /// </summary>
    internal static long WeightOf(long shares) => (Math.Clamp(shares, 2, 262_144) - 2) * 9999 / 262_142 + 1;

    private string DirectoryOf(string path) => CgroupDirectory.Of(mount, path);

    private static void HandDownControllers(string directory)
    {
        var available = (CgroupFile.Read(directory, "cgroup.controllers") ?? "").Split(' ');
        var enabled = (CgroupFile.Read(directory, "cgroup.subtree_control") ?? "").Split(' ');
        var missing = Wanted.Intersect(available).Except(enabled).ToList();
        if (missing.Count > 0)
        {
            CgroupFile.Write(directory, "cgroup.subtree_control", string.Join(' ', missing.Select(controller => $"+{controller}")));
        }
    }

    private static HashSet<string> ReadControllers(string mount) => [.. (CgroupFile.Read(mount, "cgroup.controllers") ?? "").Split(' ').Intersect(Wanted)];

    private static string NumberOrMax(long value) => value == CgroupLimits.Unlimited ? "max" : value.ToString(CultureInfo.InvariantCulture);
}
