using Petrel.Api.Core;

namespace Petrel.Node.Probes;

/// <summary>The containers of a pod that may have probes, and their statuses.</summary>
internal static class PodContainers
{
    /// <summary>Main containers and sidecars.</summary>
    public static IEnumerable<Container> Probed(Pod pod) => pod.Spec.InitContainers.Where(static container => container.IsSidecar).Concat(pod.Spec.Containers);

    public static ContainerStatus? StatusOf(PodStatus status, string container) =>
        status.ContainerStatuses.FirstOrDefault(each => each.Name == container) ?? status.InitContainerStatuses.FirstOrDefault(each => each.Name == container);

    /// <summary>The part of the pod that an event about the container is about: <c>spec.containers{web}</c>.</summary>
    public static string FieldPath(Pod pod, Container container) =>
        pod.Spec.InitContainers.Any(each => each.Name == container.Name) ? $"spec.initContainers{{{container.Name}}}" : $"spec.containers{{{container.Name}}}";

    /// <summary>The runtime's id in a status' <c>containerd://ID</c>; an id without runtime is returned as it is.</summary>
    public static string RuntimeId(string containerId)
    {
        var separator = containerId.IndexOf("://", StringComparison.Ordinal);
        return separator < 0 ? containerId : containerId[(separator + 3)..];
    }
}
