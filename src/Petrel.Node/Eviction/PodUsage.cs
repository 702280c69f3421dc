using Petrel.Api.Core;

namespace Petrel.Node.Eviction;

/// <summary>What a pod uses now. What was not measured is zero.</summary>
/// <param name="MemoryBytes">Working set.</param>
internal sealed record PodUsage(Pod Pod, long MemoryBytes, long Processes, IReadOnlyList<ContainerUsage> Containers)
{
    /// <summary>Bytes on disk of its emptyDir volumes, by name.</summary>
    public IReadOnlyDictionary<string, long> Volumes { get; init; } = new Dictionary<string, long>();

    /// <summary>Files on disk.</summary>
    public long Inodes { get; init; }

    public long DiskBytes => Containers.Sum(static container => container.DiskBytes) + Volumes.Values.Sum();
}

/// <param name="MemoryBytes">Working set.</param>
/// <param name="DiskBytes">What it wrote into its own file system, and its logs.</param>
internal sealed record ContainerUsage(string Name, long MemoryBytes, long DiskBytes);
