using System.Runtime.InteropServices;

namespace Petrel.Linux.Mounts;

/// <summary>Makes and removes mounts in this process's mount namespace: mount(2), umount2(2).</summary>
public static partial class Mount
{
    private const int DetachFlag = 2;
    private const int InvalidArgument = 22;
    private const int NoSuchFile = 2;

    /// <summary>A tmpfs at an existing directory; without a size it may take half the memory, the kernel's default.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static void Tmpfs(string target, long? sizeBytes = null, MountFlags flags = MountFlags.None) =>
        Make("tmpfs", target, "tmpfs", flags, sizeBytes is { } size ? $"size={size}" : null);

    /// <summary>Shows an existing file or directory at another, existing place.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static void Bind(string source, string target, bool recursive = false, bool readOnly = false)
    {
        var flags = MountFlags.Bind | (recursive ? MountFlags.Recursive : MountFlags.None);
        Make(source, target, null, flags, null);
        if (readOnly)
        {
            // The kernel ignores read-only while it binds.
            Make(source, target, null, MountFlags.Bind | MountFlags.Remount | MountFlags.ReadOnly, null);
        }
    }

    /// <summary>Makes mounts below this one propagate to other namespaces and back; bidirectional volume mounts need it.</summary>
    /// <exception cref="SystemCallException">The kernel refused; the target may not be a mount point.</exception>
    public static void MakeShared(string target, bool recursive) =>
        Make(null, target, null, MountFlags.Shared | (recursive ? MountFlags.Recursive : MountFlags.None), null);

    /// <summary>Any mount.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static void Make(string? source, string target, string? fileSystem, MountFlags flags, string? data)
    {
        if (MountCall(source, target, fileSystem, (nuint)(ulong)flags, data) != 0)
        {
            throw SystemCallException.Last($"mount {source ?? flags.ToString()} on {target}");
        }
    }

    /// <summary>
    /// Removes the topmost mount at a target; false when nothing is mounted there. Detaching takes it out of sight at
    /// once and ends it when its last user is gone, where plain removal fails while it is used.
    /// </summary>
    /// <exception cref="SystemCallException">The kernel refused; in use, without <paramref name="detach"/>.</exception>
    public static bool Remove(string target, bool detach = false)
    {
        if (UmountCall(target, detach ? DetachFlag : 0) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() is InvalidArgument or NoSuchFile ? false : throw SystemCallException.Last($"umount {target}");
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MountCall(string? source, string target, string? fileSystem, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UmountCall(string target, int flags);
}
