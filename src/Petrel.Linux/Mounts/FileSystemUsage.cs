using System.Runtime.InteropServices;

namespace Petrel.Linux.Mounts;

/// <summary>
/// Room in the file system that holds a path: statfs(2). Available is what an ordinary user may still write: less than
/// what is free by the reserved blocks.
/// </summary>
public sealed partial record FileSystemUsage(ulong CapacityBytes, ulong AvailableBytes, ulong UsedBytes, ulong Inodes, ulong InodesFree, ulong InodesUsed)
{
    /// <exception cref="SystemCallException">No such path.</exception>
    public static FileSystemUsage Of(string path)
    {
        if (StatfsCall(path, out var stat) != 0)
        {
            throw SystemCallException.Last($"statfs {path}");
        }

        return new FileSystemUsage(
            stat.Blocks * stat.FragmentSize,
            stat.BlocksAvailable * stat.FragmentSize,
            (stat.Blocks - stat.BlocksFree) * stat.FragmentSize,
            stat.Files,
            stat.FilesFree,
            stat.Files - stat.FilesFree);
    }

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatfsCall(string path, out Statfs buffer);

    /// <summary>struct statfs of 64-bit Linux; the same on x86-64 and arm64.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 120)]
    private struct Statfs
    {
        public ulong Type;
        public ulong BlockSize;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
        public ulong FileSystemId;
        public ulong NameLength;
        public ulong FragmentSize;
    }
}
