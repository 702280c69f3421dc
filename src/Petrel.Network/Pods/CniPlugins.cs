
namespace Petrel.Network.Pods;

/// <summary>Where the CNI plugins are: the upstream directory, or that of Debian's containernetworking-plugins or Fedora's.</summary>
public static class CniPlugins
{
    private static readonly string[] Directories = ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"];
    private static readonly string[] Needed = ["loopback", "bridge", "host-local", "portmap"];

    /// <summary>The first directory that has every plugin the pod network uses.</summary>
    /// <exception cref="PodNetworkException">There is none.</exception>
    public static string Find() =>
        Directories.FirstOrDefault(directory => Needed.All(plugin => File.Exists(Path.Combine(directory, plugin))))
        ?? throw new PodNetworkException(
            $"the CNI plugins {string.Join(", ", Needed)} are not installed in any of {string.Join(", ", Directories)} "
            + "(Debian: apt-get install containernetworking-plugins)");
}
