using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Petrel.Linux.Files;

/// <summary>
/// A file or directory held by descriptor, without access to its content (open(2), O_PATH): it stays the same one whatever
/// others do to the names that led to it.
/// </summary>
public sealed unsafe partial class PathHandle : IDisposable
{
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const ulong NoMagicLinks = 0x02;
    private const ulong Beneath = 0x08;
    private const long OpenAt2 = 437;
    private const int NoSuchFile = 2;
    private const int TryAgain = 11;
    private const int AlreadyExists = 17;

    private readonly SafeFileHandle _descriptor;
    private readonly string _path;

    private PathHandle(long descriptor, string path)
    {
        _descriptor = new SafeFileHandle((nint)descriptor, ownsHandle: true);
        _path = path;
    }

    /// <summary>A path at which other system calls find the same file, as long as this handle is open.</summary>
    public string DescriptorPath => $"/proc/self/fd/{_descriptor.DangerousGetHandle()}";

    /// <summary>Where the file is now, without links.</summary>
    public string RealPath => new FileInfo(DescriptorPath).LinkTarget ?? throw new IOException($"{DescriptorPath} cannot be read");

    private int Descriptor => (int)_descriptor.DangerousGetHandle();

    /// <summary>What is at a path; links are followed.</summary>
    /// <exception cref="SystemCallException">Nothing is there, or the kernel refused.</exception>
    public static PathHandle Open(string path)
    {
        var descriptor = OpenCall(path, PathOnly | CloseOnExec);
        return descriptor >= 0 ? new PathHandle(descriptor, path) : throw SystemCallException.Last($"open {path}");
    }

    /// <summary>
    /// What is at a relative path below this directory, null when nothing is there. Links on the way are followed as long as
    /// they stay below; the kernel refuses every step that leads out, also when somebody renames directories meanwhile
    /// (openat2(2), RESOLVE_BENEATH).
    /// </summary>
    /// <exception cref="SystemCallException">The path leads out (<see cref="SystemCallException.ErrorNumber"/> EXDEV), or the kernel refused.</exception>
    public PathHandle? OpenBeneath(string path)
    {
        var how = new OpenHow { Flags = PathOnly | CloseOnExec, Resolve = Beneath | NoMagicLinks };
        while (true)
        {
            var descriptor = OpenAt2Call(OpenAt2, Descriptor, path, &how, (nuint)sizeof(OpenHow));
            if (descriptor >= 0)
            {
                return new PathHandle(descriptor, Path.Combine(_path, path));
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case NoSuchFile:
                    return null;
                case TryAgain:
                    // A rename somewhere made ".." uncertain; the kernel asks for another try.
                    continue;
                default:
                    throw SystemCallException.Last($"open {path} below {_path}");
            }
        }
    }

    public FileStatus Status() => FileStatus.Of(Descriptor, _path);

    /// <summary>Makes a directory in this one, with exactly this mode; false when the name is taken.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public bool MakeDirectory(string name, UnixFileMode mode)
    {
        if (MakeDirectoryAt(Descriptor, name, (uint)mode) != 0)
        {
            return Marshal.GetLastPInvokeError() == AlreadyExists ? false : throw SystemCallException.Last($"mkdir {name} in {_path}");
        }

        // Again after creation, which the process's umask had a part in. It can have been replaced by a link in between,
        // which opening beneath does not let lead out.
        using var made = OpenBeneath(name);
        if (made is not null)
        {
            File.SetUnixFileMode(made.DescriptorPath, mode);
        }

        return true;
    }

    public void Dispose() => _descriptor.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long OpenAt2Call(long number, long directory, string path, OpenHow* how, nuint size);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectoryAt(int directory, string name, uint mode);

    /// <summary>struct open_how.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
