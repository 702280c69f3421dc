using System.Globalization;
using Petrel.Linux.Mounts;

namespace Petrel.Node.Status;

/// <summary>Which resources of the node are about to run out, by kubelet's default hard eviction thresholds.</summary>
public readonly record struct NodePressure(bool Memory, bool Disk, bool Processes)
{
    private const long MemoryLeast = 100 * 1024 * 1024;

    public static NodePressure Measure(string rootDirectory)
    {
        var disk = FileSystemUsage.Of(rootDirectory);
        var processes = File.ReadAllText("/proc/loadavg").Split(' ')[3].Split('/')[1];
        return Of(
            Machine.AvailableMemoryBytes,
            disk,
            long.Parse(processes, CultureInfo.InvariantCulture),
            long.Parse(File.ReadAllText("/proc/sys/kernel/pid_max"), CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Memory below 100 MiB; less than a tenth of the file system's bytes or a twentieth of its inodes (some file systems have
    /// none to count). Upstream has no default for processes: the last 1% is what the node itself needs to act at all.
    /// </summary>
    internal static NodePressure Of(long availableMemory, FileSystemUsage disk, long processes, long maxProcesses) => new(
        availableMemory < MemoryLeast,
        disk.AvailableBytes < disk.CapacityBytes / 10 || (disk.Inodes > 0 && disk.InodesFree < disk.Inodes / 20),
        processes > maxProcesses - (maxProcesses / 100));
}
