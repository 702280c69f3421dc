using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>
/// What a pod as a whole asks for: its main containers and sidecars together, or what the largest init container needs beside the
/// sidecars before it, whichever is more, and its overhead (KEP-753, "Resources calculation").
/// </summary>
internal static class PodResources
{
    public static Quantity Request(PodSpec spec, string resource) =>
        Total(spec, container => container.Resources.Requests.GetValueOrDefault(resource)) + spec.Overhead.GetValueOrDefault(resource);

    /// <summary>Null when a container has no limit.</summary>
    public static Quantity? Limit(PodSpec spec, string resource)
    {
        var all = spec.InitContainers.Concat(spec.Containers);
        return all.All(container => container.Resources.Limits.GetValueOrDefault(resource).Sign > 0)
            ? Total(spec, container => container.Resources.Limits.GetValueOrDefault(resource)) + spec.Overhead.GetValueOrDefault(resource)
            : null;
    }

    private static Quantity Total(PodSpec spec, Func<Container, Quantity> amount)
    {
        var (sidecars, initial) = (Quantity.Zero, Quantity.Zero);
        foreach (var container in spec.InitContainers)
        {
            var together = sidecars + amount(container);
            sidecars = container.IsSidecar ? together : sidecars;
            initial = together > initial ? together : initial;
        }

        var main = spec.Containers.Aggregate(sidecars, (sum, container) => sum + amount(container));
        return main > initial ? main : initial;
    }
}
