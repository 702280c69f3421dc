using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>The phase of a pod from the states of its containers (API field PodStatus.phase).</summary>
public static class PodPhase
{
    /// <param name="isEnding">Nothing of the pod will be started again: it is being deleted, evicted or is past its deadline.</param>
    public static string Of(PodSpec spec, ApiList<ContainerStatus> initStatuses, ApiList<ContainerStatus> statuses, bool isEnding)
    {
        var hasBegun = statuses.Any(static status => status.State.Running is not null || LastEnd(status) is not null);
        var initial = spec.InitContainers.Select(container => (container.IsSidecar, Status: Find(initStatuses, container.Name))).ToList();
        if (spec.RestartPolicy == "Never" && initial.Any(static each => !each.IsSidecar && LastEnd(each.Status) is { ExitCode: not 0 }))
        {
            return "Failed";
        }

        if (!hasBegun && !isEnding && initial.Any(static each => IsPending(each.IsSidecar, each.Status)))
        {
            return "Pending";
        }

        return OfContainers(spec, statuses, isEnding, initial.Any(static each => each.IsSidecar && each.Status?.State.Running is not null));
    }

    private static string OfContainers(PodSpec spec, ApiList<ContainerStatus> statuses, bool isEnding, bool sidecarRuns)
    {
        var states = spec.Containers.Select(container => Find(statuses, container.Name)).ToList();
        if (states.Any(static status => status?.State.Running is null && LastEnd(status) is null))
        {
            return "Pending";
        }

        // A pod whose sidecars still run is not over.
        if (sidecarRuns || states.Any(static status => status!.State.Running is not null))
        {
            return "Running";
        }

        var allSucceeded = states.All(static status => LastEnd(status)!.ExitCode == 0);
        return (isEnding, spec.RestartPolicy, allSucceeded) switch
        {
            (false, "Always", _) => "Running",
            (_, _, true) => "Succeeded",
            (true, _, _) or (_, "Never", _) => "Failed",
            _ => "Running",
        };
    }

    private static bool IsPending(bool isSidecar, ContainerStatus? status) => isSidecar
        ? status?.State.Terminated is null && status?.LastState.Terminated is null && status is not { State.Running: not null, Started: true }
        : status is null || status.State.Running is not null || LastEnd(status) is not { ExitCode: 0 };

    private static ContainerStateTerminated? LastEnd(ContainerStatus? status) =>
        status?.State.Terminated ?? (status?.State.Waiting is not null ? status.LastState.Terminated : null);

    private static ContainerStatus? Find(ApiList<ContainerStatus> statuses, string name) => statuses.FirstOrDefault(status => status.Name == name);
}
