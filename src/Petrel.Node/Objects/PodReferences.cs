using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Node.Objects;

/// <summary>The objects that a pod's volumes, variables and image pulls name: what the Node authorizer lets this node read.</summary>
internal static class PodReferences
{
    public static IReadOnlySet<ObjectKey> ConfigMaps(Pod pod) => Keys(
        pod,
        pod.Spec.Volumes.Select(static volume => volume.ConfigMap?.Name)
            .Concat(Projections(pod).Select(static source => source.ConfigMap?.Name))
            .Concat(EnvironmentSources(pod).Select(static source => source.ConfigMapRef?.Name))
            .Concat(Variables(pod).Select(static variable => variable.ValueFrom?.ConfigMapKeyRef?.Name)));

    public static IReadOnlySet<ObjectKey> Secrets(Pod pod) => Keys(
        pod,
        pod.Spec.Volumes.Select(static volume => volume.Secret?.SecretName)
            .Concat(Projections(pod).Select(static source => source.Secret?.Name))
            .Concat(EnvironmentSources(pod).Select(static source => source.SecretRef?.Name))
            .Concat(Variables(pod).Select(static variable => variable.ValueFrom?.SecretKeyRef?.Name))
            .Concat(pod.Spec.ImagePullSecrets.Select(static reference => reference.Name)));

    private static IEnumerable<VolumeProjection> Projections(Pod pod) =>
        pod.Spec.Volumes.SelectMany(static volume => volume.Projected?.Sources ?? default);

    private static IEnumerable<EnvFromSource> EnvironmentSources(Pod pod) =>
        Containers(pod).SelectMany(static container => container.EnvFrom).Concat(pod.Spec.EphemeralContainers.SelectMany(static container => container.EnvFrom));

    private static IEnumerable<EnvVar> Variables(Pod pod) =>
        Containers(pod).SelectMany(static container => container.Env).Concat(pod.Spec.EphemeralContainers.SelectMany(static container => container.Env));

    private static IEnumerable<Container> Containers(Pod pod) => pod.Spec.InitContainers.Concat(pod.Spec.Containers);

    private static HashSet<ObjectKey> Keys(Pod pod, IEnumerable<string?> names) =>
        [.. names.Where(static name => !string.IsNullOrEmpty(name)).Select(name => new ObjectKey(pod.Metadata.Namespace, name!))];
}
