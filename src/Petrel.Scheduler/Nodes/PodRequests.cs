using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Nodes;

/// <summary>
/// What a pod takes of a node: the larger of what its containers need together and what any one of its init containers needs,
/// sidecars (KEP-753) running beside both, plus the overhead of its runtime class.
/// </summary>
internal static class PodRequests
{
    /// <summary>What a container that asks for no cpu counts as when nodes are compared, in thousandths of a core.</summary>
    private const long DefaultMilliCpu = 100;

    /// <summary>What a container that asks for no memory counts as when nodes are compared, in bytes.</summary>
    private const long DefaultMemory = 200L * 1024 * 1024;

    /// <summary>What the node has to set aside for the pod.</summary>
    public static ResourceTotals Of(Pod pod) => Of(pod, static container => container);

    /// <summary>The same where each container that asks for nothing counts with a small amount, so that it is not free.</summary>
    public static ResourceTotals WithDefaults(Pod pod) => Of(pod, static container => container with
    {
        MilliCpu = container.MilliCpu == 0 ? DefaultMilliCpu : container.MilliCpu,
        Memory = container.Memory == 0 ? DefaultMemory : container.Memory,
    });

    private static ResourceTotals Of(Pod pod, Func<ResourceTotals, ResourceTotals> adjust)
    {
        var running = default(ResourceTotals);
        foreach (var container in pod.Spec.Containers)
        {
            running = running.Add(adjust(Of(container, pod, pod.Status.ContainerStatuses)));
        }

        var (starting, sidecars) = (default(ResourceTotals), default(ResourceTotals));
        foreach (var container in pod.Spec.InitContainers)
        {
            var own = adjust(Of(container, pod, pod.Status.InitContainerStatuses));
            if (container.IsSidecar)
            {
                sidecars = sidecars.Add(own);
                starting = starting.Max(sidecars);
            }
            else
            {
                // It runs beside the sidecars that were started before it.
                starting = starting.Max(sidecars.Add(own));
            }
        }

        return running.Add(sidecars).Max(starting).Add(ResourceTotals.Of(pod.Spec.Overhead));
    }

    /// <summary>
    /// A container that is being resized (KEP-1287) holds the larger of what it asks for, what it was given and what it has;
    /// one whose resize is infeasible keeps what it has.
    /// </summary>
    private static ResourceTotals Of(Container container, Pod pod, ApiList<ContainerStatus> statuses)
    {
        var wanted = ResourceTotals.Of(container.Resources.Requests);
        foreach (var status in statuses)
        {
            if (status.Name == container.Name && (status.Resources is not null || status.AllocatedResources.Count > 0))
            {
                var held = ResourceTotals.Of(status.Resources?.Requests ?? default).Max(ResourceTotals.Of(status.AllocatedResources));
                return IsResizeInfeasible(pod) ? held : wanted.Max(held);
            }
        }

        return wanted;
    }

    private static bool IsResizeInfeasible(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition is { Type: "PodResizePending", Reason: "Infeasible" })
            {
                return true;
            }
        }

        return false;
    }
}
