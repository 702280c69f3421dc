using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Objects;

namespace Petrel.Node.Volumes;

/// <summary>Files from ConfigMaps, for volumes of that type and for parts of projected ones.</summary>
internal sealed class ConfigMapFiles(NodeObjects objects)
{
    /// <exception cref="VolumeProblemException">The object or a key is missing and not optional.</exception>
    public async Task<IReadOnlyList<VolumeFile>> ReadAsync(
        Pod pod, string name, ApiList<KeyToPath> items, int mode, bool optional, CancellationToken cancellationToken)
    {
        var configMap = await objects.ConfigMapAsync(pod.Metadata.Namespace, name, cancellationToken);
        if (configMap is null && !optional)
        {
            throw new VolumeProblemException($"configmap \"{name}\" not found");
        }

        var entries = configMap is null
            ? default
            : configMap.BinaryData.WithRange(configMap.Data.Select(static entry => KeyValuePair.Create(entry.Key, Binary.FromUtf8(entry.Value))));
        return KeyProjection.Project(entries, items, mode, optional, "configmap references non-existent config key: ", out var problem)
            ?? throw new VolumeProblemException(problem);
    }
}
