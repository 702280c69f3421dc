using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Objects;

namespace Petrel.Node.Volumes;

/// <summary>Files from Secrets, for volumes of that type and for parts of projected ones.</summary>
internal sealed class SecretFiles(NodeObjects objects)
{
    /// <exception cref="VolumeProblemException">The object or a key is missing and not optional.</exception>
    public async Task<IReadOnlyList<VolumeFile>> ReadAsync(
        Pod pod, string name, ApiList<KeyToPath> items, int mode, bool optional, CancellationToken cancellationToken)
    {
        var secret = await objects.SecretAsync(pod.Metadata.Namespace, name, cancellationToken);
        if (secret is null && !optional)
        {
            throw new VolumeProblemException($"secret \"{name}\" not found");
        }

        return KeyProjection.Project(secret?.Data ?? default, items, mode, optional, "references non-existent secret key: ", out var problem)
            ?? throw new VolumeProblemException(problem);
    }
}
