using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Petrel.Linux.Netlink;

/// <summary>
/// The network namespace that a component works in: its interfaces, routes, nftables, conntrack and /proc/sys/net
/// (network_namespaces(7)). Several nodes on one machine differ only in this.
/// </summary>
public sealed partial class NetworkNamespace
{
    private const int CloneNewNetwork = 0x40000000;

    private NetworkNamespace(string? path) => Path = path;

    /// <summary>The namespace this process was started in.</summary>
    public static NetworkNamespace Current { get; } = new(null);

    /// <summary>The file that names the namespace, or null for the process's own.</summary>
    public string? Path { get; }

    /// <summary>The namespace that a file such as /run/netns/NAME or /proc/PID/ns/net names.</summary>
    public static NetworkNamespace At(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new NetworkNamespace(path);
    }

    /// <summary>
    /// Runs <paramref name="action"/> inside the namespace and returns its result. Processes it starts stay there.
    /// </summary>
    /// <remarks>setns(2) moves one thread only, so the action gets a thread of its own that ends with it.</remarks>
    public T Run<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (Path is null)
        {
            return action();
        }

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(Path);
                result = action();
            }
#pragma warning disable CA1031 // Whatever the action throws is rethrown on the caller's thread below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static void Enter(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (SetNamespace(file, CloneNewNetwork) != 0)
        {
            throw SystemCallException.Last($"enter the network namespace {path}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
