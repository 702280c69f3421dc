using Petrel.Api.Core;
using Petrel.Node.Objects;
using Petrel.Node.Volumes.Plugins;

namespace Petrel.Node.Volumes;

/// <summary>All types of volumes.</summary>
public static class VolumePlugins
{
    /// <summary>Whether containers may only read the volume, whatever their mounts say: its content is the API's.</summary>
    public static bool IsReadOnly(Volume volume) =>
        volume.ConfigMap is not null || volume.Secret is not null || volume.Projected is not null || volume.DownwardAPI is not null;

    /// <summary>Every volume is handled by exactly one; the last takes what no other does.</summary>
    internal static IReadOnlyList<IVolumePlugin> Create(NodeObjects objects, ServiceAccountTokens tokens, VolumeOptions options, TimeProvider time)
    {
        var memory = new MemoryFileSystems(options);
        var content = new ContentDirectories(memory, time);
        var configMaps = new ConfigMapFiles(objects);
        var secrets = new SecretFiles(objects);
        var downward = new DownwardApiFiles(options);
        return
        [
            new EmptyDirPlugin(memory),
            new HostPathPlugin(),
            new ConfigMapPlugin(configMaps, content),
            new SecretPlugin(secrets, content),
            new ProjectedPlugin(configMaps, secrets, downward, tokens, content),
            new DownwardApiPlugin(downward, content),
            new UnsupportedPlugin(),
        ];
    }
}
