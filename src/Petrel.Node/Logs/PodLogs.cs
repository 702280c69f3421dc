using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.Node.Containers;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Logs;

/// <summary>Logs of the node's pods, with kubelet's answers where there are none.</summary>
internal sealed class PodLogs(LivePods pods, ContainerRuntime runtime) : IContainerLogSource, IContainerLogs
{
    public Task<ContainerLog> FindAsync(string podNamespace, string pod, string container, bool previous, CancellationToken cancellationToken) =>
        Task.FromResult(Find(podNamespace, pod, container, previous));

    public Task<IReadOnlyList<RunningContainerLog>> ListRunningAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunningContainerLog>>(
        [.. pods.Running().Where(static each => each.Status.LogPath.Length > 0).Select(static each => new RunningContainerLog(each.Id, each.Status.LogPath))]);

    public Task ReopenAsync(string containerId, CancellationToken cancellationToken) => runtime.Containers.ReopenLogAsync(containerId, cancellationToken);

    private ContainerLog Find(string podNamespace, string podName, string name, bool previous)
    {
        if (pods.Find(podNamespace, podName) is not { } found)
        {
            return ContainerLog.Refused(StatusCodes.Status404NotFound, $"pod \"{podName}\" does not exist\n");
        }

        if (PodContainer.Of(found.Pod.Spec).FirstOrDefault(each => each.Name == name) is not { } container)
        {
            return ContainerLog.Refused(StatusCodes.Status404NotFound, $"container \"{name}\" not found in pod \"{podName}\"\n");
        }

        var (id, problem) = InstanceOf(ContainerStatuses.Reported(found.Pod, container), $"container \"{name}\" in pod \"{podName}\"", previous);
        var instance = found.Worker.Seen.Containers.FirstOrDefault(each => each.Id == id);
        return instance is null || problem.Length > 0
            ? ContainerLog.Refused(StatusCodes.Status400BadRequest, problem.Length > 0 ? problem : $"container \"{name}\" in pod \"{podName}\" is not available")
            : ContainerLog.At(instance.Status.LogPath, found.Worker.Ends.OfAsync(instance.Id));
    }

    /// <summary>The runtime's id of the instance whose log is meant, or why there is none.</summary>
    private static (string Id, string Problem) InstanceOf(ContainerStatus? status, string what, bool previous)
    {
        var last = status?.LastState.Terminated?.ContainerID ?? "";
        return status switch
        {
            null => ("", $"{what} is not available"),
            _ when previous => last.Length > 0 ? (RuntimeId(last), "") : ("", $"previous terminated {what} not found"),
            { State.Running: not null } => (RuntimeId(status.ContainerID), ""),
            { State.Terminated.ContainerID: { Length: > 0 } ended } => (RuntimeId(ended), ""),
            _ when last.Length > 0 => (RuntimeId(last), ""),
            { State.Terminated: not null } => ("", $"{what} is terminated"),
            { State.Waiting.Reason: "ErrImagePull" } => ("", $"{what} is waiting to start: image can't be pulled"),
            { State.Waiting.Reason: "ImagePullBackOff" } => ("", $"{what} is waiting to start: trying and failing to pull image"),
            { State.Waiting: { } waiting } => ("", $"{what} is waiting to start: {waiting.Reason}"),
            _ => ("", $"{what} is waiting to start - no logs yet"),
        };
    }

    private static string RuntimeId(string id) => id[(id.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];
}
