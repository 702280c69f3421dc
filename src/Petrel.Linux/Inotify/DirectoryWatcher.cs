using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Petrel.Linux.Inotify;

/// <summary>
/// Watches any number of directories with one inotify(7) instance and one thread: instances are few (128 for a user
/// by default), and .NET's FileSystemWatcher takes one each.
/// </summary>
public sealed partial class DirectoryWatcher : IDisposable
{
    private const int EventHeaderBytes = 16;

    private readonly Dictionary<int, List<DirectoryWatch>> _watches = [];
    private readonly int _inotify;
    private readonly int _sentinel;
    private bool _disposed;

    /// <exception cref="SystemCallException">No more inotify instances (fs.inotify.max_user_instances).</exception>
    public DirectoryWatcher()
    {
        _inotify = InotifyInit(OpenFlags.CloseOnExec);
        if (_inotify < 0)
        {
            throw SystemCallException.Last("inotify_init1");
        }

        _sentinel = AddWatch("/");
        new Thread(Read) { IsBackground = true, Name = "inotify" }.Start();
    }

    /// <exception cref="SystemCallException">No such directory, or no more watches (fs.inotify.max_user_watches).</exception>
    public DirectoryWatch Watch(string directory)
    {
        var watch = new DirectoryWatch(this);
        lock (_watches)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            watch.Descriptor = AddWatch(directory);
            if (_watches.TryGetValue(watch.Descriptor, out var sharing))
            {
                sharing.Add(watch);
            }
            else
            {
                _watches.Add(watch.Descriptor, [watch]);
            }
        }

        return watch;
    }

    public void Dispose()
    {
        lock (_watches)
        {
            if (!_disposed)
            {
                // A blocked read is woken by an event only: the end of this watch is one, and the reader then leaves.
                _disposed = true;
                _ = InotifyRemoveWatch(_inotify, _sentinel);
            }
        }
    }

    internal void Remove(DirectoryWatch watch)
    {
        lock (_watches)
        {
            if (_watches.TryGetValue(watch.Descriptor, out var sharing) && sharing.Remove(watch) && sharing.Count == 0)
            {
                _watches.Remove(watch.Descriptor);
                if (!_disposed && watch.Descriptor != _sentinel)
                {
                    _ = InotifyRemoveWatch(_inotify, watch.Descriptor);
                }
            }
        }
    }

    private int AddWatch(string directory)
    {
        const Events Watched = Events.Modify | Events.MovedFrom | Events.MovedTo | Events.Create | Events.DeleteSelf | Events.OnlyDirectory;
        var descriptor = InotifyAddWatch(_inotify, directory, Watched);
        return descriptor >= 0 ? descriptor : throw SystemCallException.Last($"inotify_add_watch {directory}");
    }

    private void Read()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = ReadEvents(_inotify, buffer, buffer.Length);
            if (length <= 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
            {
                continue;
            }

            if (!OnEvents(buffer.AsSpan(0, (int)Math.Max(0, length))))
            {
                break;
            }
        }

        _ = Close(_inotify);
    }

    /// <summary>False when the watcher was disposed.</summary>
    private bool OnEvents(ReadOnlySpan<byte> events)
    {
        lock (_watches)
        {
            while (events.Length >= EventHeaderBytes)
            {
                var descriptor = BinaryPrimitives.ReadInt32LittleEndian(events);
                var mask = (Events)BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
                var nameLength = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
                events = events[(EventHeaderBytes + nameLength)..];
                OnEvent(descriptor, mask);
            }

            return !_disposed;
        }
    }

    private void OnEvent(int descriptor, Events mask)
    {
        // After an overflow of the kernel's queue anything may have changed.
        var changed = (mask & Events.QueueOverflow) != 0
            ? _watches.Values.SelectMany(sharing => sharing)
            : _watches.GetValueOrDefault(descriptor, []);
        foreach (var watch in changed)
        {
            watch.OnChange();
        }
    }

    private const int ErrorInterrupted = 4;

    [Flags]
    private enum Events : uint
    {
        Modify = 0x2,
        MovedFrom = 0x40,
        MovedTo = 0x80,
        Create = 0x100,
        DeleteSelf = 0x400,
        QueueOverflow = 0x4000,
        OnlyDirectory = 0x0100_0000,
    }

    [Flags]
    private enum OpenFlags
    {
        CloseOnExec = 0x80000,
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int InotifyInit(OpenFlags flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int InotifyAddWatch(int inotify, string path, Events mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int InotifyRemoveWatch(int inotify, int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReadEvents(int inotify, [Out] byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
