using System.Globalization;
using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Node.Status;

namespace Petrel.Node.Eviction;

/// <summary>How much of a resource there is and how much of it can still be had.</summary>
internal sealed record NodeObservation(EvictionSignal Signal, long Available, long Capacity)
{
    public static IReadOnlyList<NodeObservation> Measure(string rootDirectory, string imageDirectory)
    {
        var observations = new List<NodeObservation>
        {
            new(EvictionSignal.Memory, Machine.AvailableMemoryBytes, Machine.MemoryBytes),
            Processes(),
        };
        AddDisk(observations, rootDirectory, EvictionSignal.NodeDisk, EvictionSignal.NodeInodes);
        // Images on the node's own file system cannot be told from what else is there; evicting pods at the images' threshold,
        // which is the higher one, would not free them.
        if (FileStatus.Of(imageDirectory) is { } images && images.Device != FileStatus.Of(rootDirectory)?.Device)
        {
            AddDisk(observations, imageDirectory, EvictionSignal.ImageDisk, EvictionSignal.ImageInodes);
        }

        return observations;
    }

    private static NodeObservation Processes()
    {
        var running = long.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[3].Split('/')[1], CultureInfo.InvariantCulture);
        var most = long.Parse(File.ReadAllText("/proc/sys/kernel/pid_max"), CultureInfo.InvariantCulture);
        return new(EvictionSignal.Processes, most - running, most);
    }

    private static void AddDisk(List<NodeObservation> observations, string directory, EvictionSignal bytes, EvictionSignal inodes)
    {
        var usage = FileSystemUsage.Of(directory);
        observations.Add(new(bytes, (long)usage.AvailableBytes, (long)usage.CapacityBytes));
        // Some file systems have no inodes to count.
        if (usage.Inodes > 0)
        {
            observations.Add(new(inodes, (long)usage.InodesFree, (long)usage.Inodes));
        }
    }
}
