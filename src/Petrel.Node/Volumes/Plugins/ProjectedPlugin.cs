using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Node.Volumes.Plugins;

/// <summary>Files from several sources in one directory: the usual home of a pod's token and the cluster's certificate.</summary>
internal sealed class ProjectedPlugin(
    ConfigMapFiles configMaps, SecretFiles secrets, DownwardApiFiles downward, ServiceAccountTokens tokens, ContentDirectories content) : IVolumePlugin
{
    /// <inheritdoc/>
    public bool Handles(Volume volume) => volume.Projected is not null;

    /// <inheritdoc/>
    public async Task<string> SetUpAsync(PodVolume volume, CancellationToken cancellationToken)
    {
        var source = volume.Volume.Projected!;
        var mode = source.DefaultMode ?? FileModes.Default;
        // Of two sources with the same path the later one counts.
        var files = new Dictionary<string, VolumeFile>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var projection in source.Sources.AsEnumerable())
        {
            try
            {
                foreach (var file in await ReadAsync(volume.Pod, projection, mode, cancellationToken))
                {
                    files[file.Path] = file;
                }
            }
            catch (Exception exception) when (exception is VolumeProblemException or ApiException or HttpRequestException)
            {
                // All sources that fail are named at once.
                problems.Add(exception.Message);
            }
        }

        return problems.Count switch
        {
            0 => content.Write(volume, "kubernetes.io~projected", inMemory: true, files.Values),
            1 => throw new VolumeProblemException(problems[0]),
            _ => throw new VolumeProblemException($"[{string.Join(", ", problems)}]"),
        };
    }

    private async Task<IReadOnlyList<VolumeFile>> ReadAsync(Pod pod, VolumeProjection projection, int mode, CancellationToken cancellationToken) => projection switch
    {
        { Secret: { } secret } => await secrets.ReadAsync(pod, secret.Name, secret.Items, mode, secret.Optional == true, cancellationToken),
        { ConfigMap: { } configMap } => await configMaps.ReadAsync(pod, configMap.Name, configMap.Items, mode, configMap.Optional == true, cancellationToken),
        { DownwardAPI: { } fields } => downward.Read(pod, fields.Items, mode),
        { ServiceAccountToken: { } token } => [await TokenAsync(pod, token, mode, cancellationToken)],
        { ClusterTrustBundle: not null } => throw new VolumeProblemException("clusterTrustBundle projections are not supported by this node"),
        _ => [],
    };

    private async Task<VolumeFile> TokenAsync(Pod pod, ServiceAccountTokenProjection projection, int mode, CancellationToken cancellationToken)
    {
        var token = Binary.FromUtf8(await tokens.TokenAsync(pod, projection, cancellationToken));
        // A token is for the pod's user alone when there is one to give it to (KEP-1205).
        var user = OnlyUser(pod);
        var isOwned = user is not null || pod.Spec.SecurityContext?.FsGroup is not null;
        return new VolumeFile(projection.Path, token, (UnixFileMode)(isOwned ? FileModes.Private : mode), (uint?)user);
    }

    /// <summary>The user that all containers run as; null when they differ or one does not say.</summary>
    private static long? OnlyUser(Pod pod)
    {
        var users = pod.Spec.InitContainers.Select(static container => container.SecurityContext)
            .Concat(pod.Spec.Containers.Select(static container => container.SecurityContext))
            .Concat(pod.Spec.EphemeralContainers.Select(static container => container.SecurityContext))
            .Select(context => context?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser)
            .Distinct()
            .ToList();
        return users.Count == 1 ? users[0] : null;
    }
}
