using System.Globalization;
using System.Runtime.InteropServices;

namespace Petrel.Linux.Cgroups;

/// <summary>What the directories of both versions have in common: nesting, processes, removal.</summary>
internal static partial class CgroupDirectory
{
    private const int KillSignal = 9;
    private const int NoSuchFile = 2;
    private const int Busy = 16;

    /// <summary>The directory of a cgroup in one mounted hierarchy.</summary>
    public static string Of(string mount, string path)
    {
        if (!path.StartsWith('/') || path.Split('/').Contains(".."))
        {
            throw new ArgumentException($"cgroup path {path} is not absolute", nameof(path));
        }

        return Path.Combine(mount, path.TrimStart('/'));
    }

    /// <summary>The paths from the first level down to this one: /a, /a/b, /a/b/c.</summary>
    public static IEnumerable<string> Levels(string path)
    {
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        yield return path;
    }

    public static IEnumerable<string> Children(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Select(child => Path.GetFileName(child)) : [];

    public static IEnumerable<int> Processes(string directory)
    {
        var here = CgroupFile.Read(directory, "cgroup.procs") ?? "";
        return here.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
            .Where(id => id > 0) // 0 stands for a process of another PID namespace, which cannot be addressed from here.
            .Concat(Children(directory).SelectMany(child => Processes(Path.Combine(directory, child))));
    }

    public static void Kill(IEnumerable<int> processes)
    {
        foreach (var id in processes)
        {
            // ESRCH: it has ended meanwhile.
            _ = KillCall(id, KillSignal);
        }
    }

    /// <summary>Removes from the innermost outwards; false when the kernel says one is busy.</summary>
    public static bool TryRemove(string directory)
    {
        foreach (var child in Children(directory))
        {
            if (!TryRemove(Path.Combine(directory, child)))
            {
                return false;
            }
        }

        // rmdir alone: the files in the directory belong to the kernel and go with it.
        if (RmdirCall(directory) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoSuchFile => true,
            Busy => false,
            _ => throw SystemCallException.Last($"rmdir {directory}"),
        };
    }

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RmdirCall(string path);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillCall(int id, int signal);
}
