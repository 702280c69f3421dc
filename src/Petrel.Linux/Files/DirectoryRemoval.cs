using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Petrel.Linux.Files;

/// <summary>
/// Removes a directory with all that programs nobody trusts have put into it: links are removed, never followed; names may
/// be any bytes; nesting may be of any depth; and nothing is removed on the other side of a mount.
/// </summary>
public static unsafe partial class DirectoryRemoval
{
    private const int ReadDirectory = 0x10000 | 0x20000 | 0x80000; // O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC on x86-64
    private const int ReadDirectoryArm = 0x4000 | 0x8000 | 0x80000; // the same on arm64
    private const int RemoveDirectoryFlag = 0x200;
    private const int CurrentDirectory = -100;
    private const int NoSuchFile = 2;
    private const int IsDirectory = 21;
    private const int NotPermitted = 1;

    // Deeper directories are moved up here and removed from there: neither descriptors nor the stack may run out.
    private const int DepthMax = 64;

    /// <summary>Does nothing when there is no such directory.</summary>
    /// <exception cref="IOException">Something is mounted below (nothing behind it was touched), or the kernel refused.</exception>
    public static void Remove(string path)
    {
        using var top = Open(CurrentDirectory, Name(path));
        if (top is null)
        {
            return;
        }

        var mount = FileStatus.Of(Number(top), path).MountId;
        bool again;
        do
        {
            again = Empty(top, top, path, mount, 0);
        }
        while (again);

        Unlink(CurrentDirectory, Name(path), RemoveDirectoryFlag, path);
    }

    /// <summary>Removes all entries; true when deep ones were moved to the top, which has to be emptied again.</summary>
    private static bool Empty(SafeFileHandle top, SafeFileHandle directory, string path, ulong mount, int depth)
    {
        var again = false;
        foreach (var name in Names(directory, path))
        {
            var shown = $"{path}/{Encoding.UTF8.GetString(name)}";
            if (TryUnlinkFile(Number(directory), name, shown))
            {
                continue;
            }

            using var child = Open(Number(directory), name);
            if (child is null)
            {
                continue;
            }

            if (FileStatus.Of(Number(child), shown).MountId != mount)
            {
                throw new IOException($"cannot remove {shown}: something is mounted there");
            }

            if (depth == DepthMax)
            {
                Rename(Number(directory), name, Number(top), Name($".removed-{Guid.NewGuid():N}"), shown);
                again = true;
                continue;
            }

            again |= Empty(top, child, shown, mount, depth + 1);
            Unlink(Number(directory), name, RemoveDirectoryFlag, shown);
        }

        return again;
    }

    /// <summary>False for a directory.</summary>
    private static bool TryUnlinkFile(int directory, byte[] name, string shown)
    {
        fixed (byte* pointer = name)
        {
            if (UnlinkAt(directory, pointer, 0) == 0)
            {
                return true;
            }
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoSuchFile => true,
            IsDirectory or NotPermitted => false,
            _ => throw SystemCallException.Last($"unlink {shown}"),
        };
    }

    private static void Unlink(int directory, byte[] name, int flags, string shown)
    {
        fixed (byte* pointer = name)
        {
            if (UnlinkAt(directory, pointer, flags) != 0 && Marshal.GetLastPInvokeError() != NoSuchFile)
            {
                throw SystemCallException.Last($"rmdir {shown}");
            }
        }
    }

    private static void Rename(int fromDirectory, byte[] from, int toDirectory, byte[] to, string shown)
    {
        fixed (byte* source = from, target = to)
        {
            if (RenameAt(fromDirectory, source, toDirectory, target) != 0)
            {
                throw SystemCallException.Last($"rename {shown}");
            }
        }
    }

    /// <summary>Null when there is nothing of the name.</summary>
    private static SafeFileHandle? Open(int directory, byte[] name)
    {
        var flags = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ReadDirectoryArm : ReadDirectory;
        fixed (byte* pointer = name)
        {
            var descriptor = OpenAt(directory, pointer, flags);
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }
        }

        return Marshal.GetLastPInvokeError() == NoSuchFile ? null : throw SystemCallException.Last($"open {Encoding.UTF8.GetString(name).TrimEnd('\0')}");
    }

    /// <summary>Names with their final zero.</summary>
    private static List<byte[]> Names(SafeFileHandle directory, string path)
    {
        var names = new List<byte[]>();
        var buffer = new byte[32 * 1024];
        fixed (byte* start = buffer)
        {
            long length;
            while ((length = GetDirectoryEntries(Number(directory), start, (nuint)buffer.Length)) > 0)
            {
                // struct linux_dirent64: inode and offset of 8 bytes each, 2 bytes of record length, 1 of type, then the name.
                for (var at = 0; at < length; at += *(ushort*)(start + at + 16))
                {
                    var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start + at + 19);
                    if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    {
                        names.Add([.. name, 0]);
                    }
                }
            }

            if (length < 0)
            {
                throw SystemCallException.Last($"read directory {path}");
            }
        }

        // Entries are read anew from the start when this directory is emptied again.
        return Seek(Number(directory), 0, 0) == 0 ? names : throw SystemCallException.Last($"rewind {path}");
    }

    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static byte[] Name(string name) => [.. Encoding.UTF8.GetBytes(name), 0];

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int directory, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    private static partial int RenameAt(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    private static partial long GetDirectoryEntries(int directory, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int origin);
}
