using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Containers;

/// <summary>The statuses of a pod's containers as the API shows them, from what the runtime holds and what the agent is doing.</summary>
internal sealed class ContainerStatuses(NodeOptions options, IContainerHealth health, string runtimeName)
{
    // The messages of instances that ended do not change any more. Holds those of the instances the pod has.
    private readonly Dictionary<string, string> _messages = [];

    /// <param name="pod">With the status reported last.</param>
    /// <param name="waiting">Why a container does not run, where the agent knows.</param>
    /// <param name="isStarting">The container is being started, its hook included.</param>
    public ContainerStatus Of(Pod pod, PodContainer container, RuntimePod seen, WaitingReason? waiting, bool isStarting)
    {
        var reported = Reported(pod, container);
        var newest = seen.Newest(container.Name);
        // What is left when the runtime has lost the instance after it says nothing about the container.
        var isOutdated = newest is { HasEnded: true } && reported?.RestartCount > newest.Attempt;
        return newest is null or { IsOnlyCreated: true } || isOutdated
            ? OfMissing(pod, container, reported, waiting)
            : OfInstance(pod, container, newest, seen.Previous(container.Name), reported, waiting, isStarting);
    }

    /// <summary>What was reported last about a container; null when it is new.</summary>
    public static ContainerStatus? Reported(Pod pod, PodContainer container) => (container.Role switch
    {
        ContainerRole.Main => pod.Status.ContainerStatuses,
        ContainerRole.Ephemeral => pod.Status.EphemeralContainerStatuses,
        _ => pod.Status.InitContainerStatuses,
    }).FirstOrDefault(each => each.Name == container.Name);

    /// <summary>Of a container that the pod has ended without: it is lost, or was never started.</summary>
    public static ContainerStateTerminated Lost { get; } = new()
    {
        ExitCode = 137,
        Reason = "ContainerStatusUnknown",
        Message = "The container could not be located when the pod was terminated",
    };

    private static ContainerStatus OfMissing(Pod pod, PodContainer container, ContainerStatus? reported, WaitingReason? waiting)
    {
        var state = waiting is null ? new ContainerStateWaiting { Reason = DefaultReason(pod) } : Api(waiting);
        var last = reported?.State switch
        {
            null => ContainerState.Empty,
            { Terminated: not null } => reported.State,
            // It ran when somebody last looked, and the runtime knows nothing of it.
            { Running: { } running } => new ContainerState { Terminated = Lost with { StartedAt = running.StartedAt, ContainerID = reported.ContainerID } },
            _ => reported.LastState,
        };
        return new ContainerStatus
        {
            Name = container.Name,
            Image = container.Container.Image,
            State = new ContainerState { Waiting = state },
            LastState = last,
            RestartCount = reported?.RestartCount ?? 0,
            Started = container.Role == ContainerRole.Ephemeral ? null : false,
        };
    }

    private ContainerStatus OfInstance(
        Pod pod, PodContainer container, RuntimeContainer newest, RuntimeContainer? previous, ContainerStatus? reported, WaitingReason? waiting, bool isStarting)
    {
        var id = $"{runtimeName}://{newest.Id}";
        var last = previous is not null
            ? new ContainerState { Terminated = Ended(pod, container, previous) }
            : reported?.ContainerID == id ? reported.LastState : ContainerState.Empty;
        var state = new ContainerState { Running = new() { StartedAt = RuntimeTime.From(newest.Status.StartedAt) } };
        if (newest.HasEnded)
        {
            state = new ContainerState { Terminated = Ended(pod, container, newest) };
            if (waiting is not null)
            {
                // It will be started again, and this is what it waits for.
                (state, last) = (new ContainerState { Waiting = Api(waiting) }, state);
            }
        }
        else if (isStarting)
        {
            // A container has not started before its postStart hook has ended (API field lifecycle.postStart).
            state = new ContainerState { Waiting = new() { Reason = DefaultReason(pod) } };
        }

        var isRunning = state.Running is not null;
        var hasStarted = isRunning && health.HasStarted(container.Container, newest.Id);
        return new ContainerStatus
        {
            Name = container.Name,
            State = state,
            LastState = last,
            Ready = container.Role switch
            {
                ContainerRole.Ephemeral => false,
                ContainerRole.Init => state.Terminated is { ExitCode: 0 },
                _ => hasStarted && health.IsReady(container.Container, newest.Id),
            },
            Started = container.Role == ContainerRole.Ephemeral ? null : hasStarted,
            RestartCount = (int)newest.Attempt,
            Image = string.IsNullOrEmpty(newest.Status.Image?.Image) ? container.Container.Image : newest.Status.Image.Image,
            ImageID = newest.Status.ImageRef,
            ContainerID = id,
            VolumeMounts = container.Container.VolumeMounts.Select(static mount => new VolumeMountStatus
            {
                Name = mount.Name,
                MountPath = mount.MountPath,
                ReadOnly = mount.ReadOnly,
                RecursiveReadOnly = mount.ReadOnly ? "Disabled" : null,
            }).ToApiList(),
            User = newest.Status.User?.Linux is { } user
                ? new ContainerUser { Linux = new() { Uid = user.Uid, Gid = user.Gid, SupplementalGroups = user.SupplementalGroups.ToApiList() } }
                : null,
        };
    }

    private ContainerStateTerminated Ended(Pod pod, PodContainer container, RuntimeContainer instance) => new()
    {
        ExitCode = instance.Status.ExitCode,
        Reason = instance.Status.Reason.Length > 0 ? instance.Status.Reason : instance.Status.ExitCode == 0 ? "Completed" : "Error",
        Message = MessageOf(pod, container, instance),
        StartedAt = RuntimeTime.From(instance.Status.StartedAt),
        FinishedAt = RuntimeTime.From(instance.Status.FinishedAt),
        ContainerID = $"{runtimeName}://{instance.Id}",
    };

    private string MessageOf(Pod pod, PodContainer container, RuntimeContainer instance)
    {
        if (!_messages.TryGetValue(instance.Id, out var message))
        {
            var file = TerminationMessage.FileOf(options, pod.Metadata.Uid, container.Name, instance.Attempt);
            message = instance.Status.Message.Length > 0
                ? instance.Status.Message
                : TerminationMessage.Read(file, container.Container, instance.Status.ExitCode, instance.Status.LogPath);
            _messages[instance.Id] = message;
        }

        return message;
    }

    /// <summary>Nothing is kept about instances that are gone.</summary>
    public void Forget(RuntimePod seen)
    {
        foreach (var id in _messages.Keys.Where(id => !seen.Containers.Any(each => each.Id == id)).ToList())
        {
            _messages.Remove(id);
        }
    }

    private static string DefaultReason(Pod pod) => pod.Spec.InitContainers.IsEmpty ? "ContainerCreating" : "PodInitializing";

    private static ContainerStateWaiting Api(WaitingReason waiting) => new() { Reason = waiting.Reason, Message = waiting.Message };
}
