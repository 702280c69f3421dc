namespace Petrel.Api.Core;

/// <summary>
/// What a pod asks for: the larger of what its containers need together and what any one of its init containers needs, sidecars
/// (KEP-753) running beside both, plus the overhead of its runtime class. Containers that are being resized (KEP-1287) count
/// with the larger of what they ask for and what they hold. What the pod states for itself (KEP-2837) counts in place of its containers.
/// </summary>
public static class PodDemand
{
    public static ApiMap<Quantity> Requests(Pod pod) => PodLevelResources
        .Over(Of(pod, static resources => resources.Requests), pod.Spec.Resources?.Requests ?? default).Plus(pod.Spec.Overhead);

    /// <summary>What the containers of a pod that does not run yet ask for.</summary>
    internal static ApiMap<Quantity> OfContainers(PodSpec spec) => Of(new Pod { Spec = spec }, static resources => resources.Requests);

    /// <summary>The overhead raises only limits that there are.</summary>
    public static ApiMap<Quantity> Limits(Pod pod)
    {
        var limits = PodLevelResources.Over(Of(pod, static resources => resources.Limits), pod.Spec.Resources?.Limits ?? default);
        return limits.Plus(pod.Spec.Overhead.Only(limits.Where(static limit => !limit.Value.IsZero).Select(static limit => limit.Key)));
    }

    private static ApiMap<Quantity> Of(Pod pod, Func<ResourceRequirements, ApiMap<Quantity>> side)
    {
        ApiMap<Quantity> running = default;
        foreach (var container in pod.Spec.Containers)
        {
            running = running.Plus(Of(container, pod, pod.Status.ContainerStatuses, side));
        }

        ApiMap<Quantity> starting = default;
        ApiMap<Quantity> sidecars = default;
        foreach (var container in pod.Spec.InitContainers)
        {
            var own = Of(container, pod, pod.Status.InitContainerStatuses, side);
            if (container.IsSidecar)
            {
                sidecars = sidecars.Plus(own);
                starting = starting.Max(sidecars);
            }
            else
            {
                starting = starting.Max(sidecars.Plus(own));
            }
        }

        return running.Plus(sidecars).Max(starting);
    }

    private static ApiMap<Quantity> Of(Container container, Pod pod, ApiList<ContainerStatus> statuses, Func<ResourceRequirements, ApiMap<Quantity>> side)
    {
        var wanted = side(container.Resources);
        var status = statuses.FirstOrDefault(status => status.Name == container.Name);
        if (status?.Resources is not { } running)
        {
            return wanted;
        }

        var held = side(running);
        var isInfeasible = pod.Status.Conditions.Any(static condition => condition is { Type: "PodResizePending", Reason: "Infeasible" });
        return isInfeasible ? held : wanted.Max(held);
    }
}
