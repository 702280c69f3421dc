namespace Petrel.Node.Eviction;

/// <summary>A resource of the node that can run out.</summary>
/// <param name="Name">As thresholds name it: <c>memory.available</c>.</param>
/// <param name="Resource">As messages name it: <c>memory</c>.</param>
public sealed record EvictionSignal(string Name, string Resource)
{
    public static EvictionSignal Memory { get; } = new("memory.available", "memory");

    public static EvictionSignal NodeDisk { get; } = new("nodefs.available", "ephemeral-storage");

    public static EvictionSignal NodeInodes { get; } = new("nodefs.inodesFree", "inodes");

    public static EvictionSignal ImageDisk { get; } = new("imagefs.available", "ephemeral-storage");

    public static EvictionSignal ImageInodes { get; } = new("imagefs.inodesFree", "inodes");

    public static EvictionSignal Processes { get; } = new("pid.available", "pids");
}
