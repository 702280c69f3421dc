using System.Globalization;
using Petrel.Api.Core;
using Petrel.Node.Agent;

namespace Petrel.Node.Status;

/// <summary>What the kernel and the distribution say about this machine (proc(5), os-release(5), machine-id(5)).</summary>
public static class Machine
{
    private static readonly char[] Quotes = ['"', '\''];

    /// <summary>Size of memory in bytes.</summary>
    public static long MemoryBytes => MemoryField("MemTotal:");

    /// <summary>Memory in bytes that can be had without swapping.</summary>
    public static long AvailableMemoryBytes => MemoryField("MemAvailable:");

    /// <summary>Huge pages by size in bytes: how many bytes of each the kernel has set aside.</summary>
    public static IReadOnlyDictionary<long, long> Hugepages()
    {
        const string Directory = "/sys/kernel/mm/hugepages";
        var pages = new SortedDictionary<long, long>();
        foreach (var directory in System.IO.Directory.Exists(Directory) ? System.IO.Directory.GetDirectories(Directory, "hugepages-*kB") : [])
        {
            var size = long.Parse(Path.GetFileName(directory)["hugepages-".Length..^2], CultureInfo.InvariantCulture) * 1024;
            pages[size] = size * long.Parse(File.ReadAllText(Path.Combine(directory, "nr_hugepages")).Trim(), CultureInfo.InvariantCulture);
        }

        return pages;
    }

    /// <param name="runtimeVersion">E.g. <c>containerd://1.6.20</c>.</param>
    public static NodeSystemInfo Describe(string runtimeVersion, string version) => new()
    {
        MachineID = FirstLine("/etc/machine-id", "/var/lib/dbus/machine-id"),
        SystemUUID = FirstLine("/sys/class/dmi/id/product_uuid", "/etc/machine-id", "/var/lib/dbus/machine-id"),
        BootID = FirstLine("/proc/sys/kernel/random/boot_id"),
        KernelVersion = FirstLine("/proc/sys/kernel/osrelease"),
        OsImage = OsImage(),
        ContainerRuntimeVersion = runtimeVersion,
        KubeletVersion = version,
        KubeProxyVersion = "",
        OperatingSystem = "linux",
        Architecture = NodeRegistration.Architecture,
        Swap = MemoryField("SwapTotal:") is > 0 and var swap ? new NodeSwapStatus { Capacity = swap } : null,
    };

    private static string OsImage()
    {
        const string Key = "PRETTY_NAME=";
        var lines = File.Exists("/etc/os-release") ? File.ReadLines("/etc/os-release") : [];
        return lines.FirstOrDefault(static line => line.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..].Trim(Quotes) ?? "Unknown";
    }

    private static string FirstLine(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (File.Exists(file))
            {
                return File.ReadAllText(file).Trim();
            }
        }

        return "";
    }

    private static long MemoryField(string field)
    {
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim()[..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
    }
}
