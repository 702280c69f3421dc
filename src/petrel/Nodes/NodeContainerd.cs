using Petrel.Node.Containerd;
using Petrel.Program.Hosting;

namespace Petrel.Program.Nodes;

/// <summary>The containerd of a cluster's node on this machine.</summary>
internal static class NodeContainerd
{
    public static ContainerdOptions Options(ClusterPaths paths) => new()
    {
        RootDirectory = paths.Containerd,
        StateDirectory = Path.Combine(paths.Runtime, "containerd"),
        NetworkConfigurationDirectory = paths.NetworkConfiguration,
        RegistryDirectory = paths.Registries,
        LogFile = paths.ContainerdLog,
    };
}
