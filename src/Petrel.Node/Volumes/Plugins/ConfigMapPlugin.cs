using Petrel.Api.Core;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>The entries of a ConfigMap as files.</summary>
internal sealed class ConfigMapPlugin(ConfigMapFiles files, ContentDirectories content) : IVolumePlugin
{
    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.ConfigMap is not null;

    /// <inheritdoc/>
    public async Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var source = volume.Volume.ConfigMap!;
        var read = await files.ReadAsync(volume.Pod, source.Name, source.Items, source.DefaultMode ?? FileModes.Default, source.Optional == true, cancellationToken);
        return content.Write(volume, "kubernetes.io~configmap", inMemory: false, read);
    }
}
