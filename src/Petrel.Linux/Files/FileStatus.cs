using System.Runtime.InteropServices;

namespace Petrel.Linux.Files;

/// <summary>What a file is and whose: statx(2).</summary>
/// <param name="Mode">Permission bits, with set-user-id, set-group-id and sticky.</param>
/// <param name="Device">Major and minor number of the file system's device.</param>
/// <param name="MountId">The mount it was reached through: tells a bind mount from what it covers.</param>
public sealed partial record FileStatus(FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, (uint Major, uint Minor) Device, ulong Inode, ulong MountId)
{
    private const int CurrentDirectory = -100;
    private const int NotFollowFlag = 0x100;
    private const int EmptyPathFlag = 0x1000;
    private const uint BasicFields = 0x7ff;
    private const uint MountIdField = 0x1000;
    private const int NoSuchFile = 2;
    private const int NotDirectory = 20;

    /// <summary>Null when there is nothing at the path.</summary>
    /// <exception cref="SystemCallException">The kernel refused, e.g. a loop of links.</exception>
    public static FileStatus? Of(string path, bool followLink = true)
    {
        if (StatxCall(CurrentDirectory, path, followLink ? 0 : NotFollowFlag, BasicFields | MountIdField, out var status) == 0)
        {
            return From(status);
        }

        return Marshal.GetLastPInvokeError() is NoSuchFile or NotDirectory ? null : throw SystemCallException.Last($"stat {path}");
    }

    /// <summary>Whether both are the same file of the same file system.</summary>
    public bool IsSameFile(FileStatus other) => (Device, Inode) == (other.Device, other.Inode);

    internal static FileStatus Of(int descriptor, string path) =>
        StatxCall(descriptor, "", EmptyPathFlag, BasicFields | MountIdField, out var status) == 0 ? From(status) : throw SystemCallException.Last($"stat {path}");

    private static FileStatus From(in Statx status) => new(
        (FileKind)(status.Mode >> 12),
        (UnixFileMode)(status.Mode & 0xfff),
        status.Owner,
        status.Group,
        (status.DeviceMajor, status.DeviceMinor),
        status.Inode,
        status.MountId);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxCall(int directory, string path, int flags, uint mask, out Statx status);

    /// <summary>struct statx: the same on every machine.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint Owner;
        [FieldOffset(24)]
        public uint Group;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(136)]
        public uint DeviceMajor;
        [FieldOffset(140)]
        public uint DeviceMinor;
        [FieldOffset(144)]
        public ulong MountId;
    }
}

/// <summary>Kinds of files, numbered as the upper bits of st_mode (inode(7)).</summary>
public enum FileKind
{
    Unknown = 0,
    Pipe = 1,
    CharacterDevice = 2,
    Directory = 4,
    BlockDevice = 6,
    Regular = 8,
    Link = 10,
    Socket = 12,
}
