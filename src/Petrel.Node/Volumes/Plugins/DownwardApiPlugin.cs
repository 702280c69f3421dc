using Petrel.Api.Core;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>Fields of the pod itself as files, which follow their changes (labels, annotations, resized limits).</summary>
internal sealed class DownwardApiPlugin(DownwardApiFiles files, ContentDirectories content) : IVolumePlugin
{
    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.DownwardAPI is not null;

    /// <inheritdoc/>
    public Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var source = volume.Volume.DownwardAPI!;
        return Task.FromResult(content.Write(volume, "kubernetes.io~downward-api", inMemory: true, files.Read(volume.Pod, source.Items, source.DefaultMode ?? FileModes.Default)));
    }
}
