namespace Petrel.Linux.Cgroups;

/// <summary>Finds out which version of cgroups this machine's controllers are in.</summary>
public static class CgroupTree
{
    /// <exception cref="IOException">No cgroup file system is mounted.</exception>
    public static ICgroupTree Detect() => From(CgroupMounts.Detect());

    public static ICgroupTree From(CgroupMounts mounts) => mounts switch
    {
        { IsUnified: true } => new CgroupV2Tree(mounts.Unified!),
        { Controllers.Count: > 0 } => new CgroupV1Tree(mounts),
        _ => throw new IOException("no cgroup file system is mounted; containers cannot be limited without one"),
    };
}
