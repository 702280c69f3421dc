namespace Petrel.Linux.Cgroups;

/// <summary>
/// The machine's cgroups, by absolute path below the mounts (<c>/kubepods/burstable/podUID</c>), whichever version
/// of cgroups they are kept in (cgroups(7)).
/// </summary>
public interface ICgroupTree
{
    /// <summary>Whether this is the unified hierarchy of cgroup v2.</summary>
    bool IsUnified { get; }

    /// <summary>Controllers that can be used: cpu, memory, pids, ...</summary>
    IReadOnlySet<string> Controllers { get; }

    bool Exists(string path);

    /// <summary>Makes a cgroup and those above it; does nothing when it exists.</summary>
    void Create(string path);

    /// <summary>Writes limits; those of controllers the machine lacks are left out.</summary>
    /// <exception cref="IOException">The cgroup is missing or the kernel refused a value.</exception>
    void Apply(string path, CgroupLimits limits);

    /// <summary>Null when there is no such cgroup.</summary>
    CgroupUsage? ReadUsage(string path);

    /// <summary>Names of the cgroups directly below, in any order.</summary>
    IReadOnlyCollection<string> Children(string path);

    /// <summary>Processes in a cgroup and below it.</summary>
    IReadOnlyCollection<int> Processes(string path);

    /// <summary>Kills every process in a cgroup and below it. They end soon after, not at once.</summary>
    void Kill(string path);

    /// <summary>Removes a cgroup with all below it; false while a process is still in one of them.</summary>
    bool TryRemove(string path);
}
