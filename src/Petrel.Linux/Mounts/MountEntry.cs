namespace Petrel.Linux.Mounts;

/// <summary>One mount (proc_pid_mountinfo(5)).</summary>
public sealed record MountEntry
{
    public required string Target { get; init; }

    /// <summary>The directory of the file system that is shown at the target; not "/" for a bind mount of a part.</summary>
    public required string Root { get; init; }

    public required string FileSystem { get; init; }

    public required string Source { get; init; }

    /// <summary>Options of this mount: ro, nosuid, ...</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Options of the file system; for cgroup v1 they name the controllers.</summary>
    public required IReadOnlyList<string> SuperOptions { get; init; }

    /// <summary><c>shared:N</c> and <c>master:N</c>; empty for a private mount.</summary>
    public required IReadOnlyList<string> Propagation { get; init; }

    public bool IsShared => Propagation.Any(tag => tag.StartsWith("shared:", StringComparison.Ordinal));
}
