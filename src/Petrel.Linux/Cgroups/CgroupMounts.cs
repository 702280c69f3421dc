using Petrel.Linux.Mounts;

namespace Petrel.Linux.Cgroups;

/// <summary>
/// Where cgroups are mounted. Version 1 mounts each controller, or a few together; version 2 mounts one tree;
/// hybrid systems have both, with the controllers in version 1.
/// </summary>
/// <param name="Controllers">Directory of each version 1 controller.</param>
/// <param name="Named">Directories of version 1 hierarchies without a controller: systemd's.</param>
/// <param name="Unified">Directory of version 2, or null.</param>
public sealed record CgroupMounts(IReadOnlyDictionary<string, string> Controllers, IReadOnlyList<string> Named, string? Unified)
{
    private static readonly HashSet<string> KnownControllers =
        ["cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "net_cls", "blkio", "perf_event", "net_prio", "hugetlb", "pids", "rdma", "misc"];

    /// <summary>Whether containers get their limits from version 2.</summary>
    public bool IsUnified => Unified is not null && Controllers.Count == 0;

    /// <summary>Whether version 2 is there beside version 1's controllers.</summary>
    public bool IsHybrid => Unified is not null && Controllers.Count > 0;

    public static CgroupMounts Detect() => From(MountTable.Read());

    internal static CgroupMounts From(IEnumerable<MountEntry> mounts)
    {
        var controllers = new Dictionary<string, string>();
        var named = new List<string>();
        string? unified = null;
        foreach (var mount in mounts)
        {
            if (mount.FileSystem == "cgroup2")
            {
                unified ??= mount.Target;
            }
            else if (mount.FileSystem == "cgroup")
            {
                var held = mount.SuperOptions.Where(KnownControllers.Contains).ToList();
                held.ForEach(controller => controllers.TryAdd(controller, mount.Target));
                if (held.Count == 0)
                {
                    named.Add(mount.Target);
                }
            }
        }

        return new CgroupMounts(controllers, named, unified);
    }
}
