using Petrel.Api.Core;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Subresources;

/// <summary>Which container of a pod a request for its log or streams means.</summary>
internal static class PodContainers
{
    /// <param name="wanted">Empty when the client names none, which is enough for a pod of one container.</param>
    /// <exception cref="StatusException">400: no container of that name, or several to choose from.</exception>
    public static string Choose(Pod pod, string wanted)
    {
        var (name, spec) = (pod.Metadata.Name, pod.Spec);
        if (wanted.Length > 0)
        {
            var exists = spec.Containers.Any(container => container.Name == wanted)
                || spec.InitContainers.Any(container => container.Name == wanted)
                || spec.EphemeralContainers.Any(container => container.Name == wanted);
            return exists ? wanted : throw new StatusException(Statuses.BadRequest($"container {wanted} is not valid for pod {name}"));
        }

        if (spec.Containers.Count == 1)
        {
            return spec.Containers[0].Name;
        }

        var choice = $"a container name must be specified for pod {name}, choose one of: [{Names(spec.Containers)}]";
        throw new StatusException(Statuses.BadRequest(spec.InitContainers.IsEmpty ? choice : $"{choice} or one of the init containers: [{Names(spec.InitContainers)}]"));
    }

    private static string Names(IEnumerable<Container> containers) => string.Join(' ', containers.Select(container => container.Name));
}
