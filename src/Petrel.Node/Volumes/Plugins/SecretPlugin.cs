using Petrel.Api.Core;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>The entries of a Secret as files, which never touch a disk.</summary>
internal sealed class SecretPlugin(SecretFiles files, ContentDirectories content) : IVolumePlugin
{
    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.Secret is not null;

    /// <inheritdoc/>
    public async Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var source = volume.Volume.Secret!;
        var read = await files.ReadAsync(volume.Pod, source.SecretName, source.Items, source.DefaultMode ?? FileModes.Default, source.Optional == true, cancellationToken);
        return content.Write(volume, "kubernetes.io~secret", inMemory: true, read);
    }
}
