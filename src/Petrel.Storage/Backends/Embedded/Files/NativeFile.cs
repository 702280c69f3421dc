using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>
/// The system calls that the framework does not offer: fdatasync(2), which unlike fsync does not wait for the
/// modification time to be written; syncing a directory; posix_fallocate(3) with its error number. They are here and
/// not in Petrel.Linux because the store refers to no other project. Elsewhere than on Linux the nearest thing is done.
/// </summary>
internal static partial class NativeFile
{
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC
    private const int NotSupported = 95; // EOPNOTSUPP
    private const int Interrupted = 4; // EINTR

    public static void SyncData(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            Check(() => DataSync(file));
        }
        else
        {
            RandomAccess.FlushToDisk(file);
        }
    }

    public static void SyncDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(path, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw Failure(Marshal.GetLastPInvokeError());
        }

        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(() => Sync(directory));
    }

    public static void Allocate(SafeFileHandle file, long size)
    {
        var error = size > 0 && OperatingSystem.IsLinux() ? AllocateBlocks(file, 0, size) : NotSupported;
        if (error == NotSupported)
        {
            RandomAccess.SetLength(file, size);
        }
        else if (error != 0)
        {
            throw Failure(error);
        }
    }

    private static void Check(Func<int> call)
    {
        while (call() < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Failure(error);
            }
        }
    }

    private static IOException Failure(int error) => new(new Win32Exception(error).Message, error);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int AllocateBlocks(SafeFileHandle file, long offset, long length);
}
