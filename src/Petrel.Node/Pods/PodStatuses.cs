using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>A pod's status from its containers' statuses.</summary>
internal sealed class PodStatuses(NodeOptions options, TimeProvider time)
{
    /// <summary>Bytes of the termination messages of a pod together (API documentation of terminationMessagePath).</summary>
    private const int MessageBytes = 12 * 1024;

    /// <param name="pod">With the status reported last.</param>
    /// <param name="statusOf">The status of each container.</param>
    /// <param name="isOver">Nothing runs or will run.</param>
    public PodStatus Of(Pod pod, RuntimePod seen, PodEnding? ending, bool isOver, Func<PodContainer, ContainerStatus> statusOf)
    {
        if (ending is { IsRefusal: true })
        {
            return pod.Status with { Phase = "Failed", Reason = ending.Reason, Message = ending.Message, StartTime = pod.Status.StartTime ?? Now };
        }

        var status = Addressed(pod, seen) with
        {
            StartTime = pod.Status.StartTime ?? Now,
            InitContainerStatuses = [.. PodContainer.Initial(pod.Spec).Select(statusOf)],
            ContainerStatuses = [.. PodContainer.Main(pod.Spec).Select(statusOf).OrderBy(static each => each.Name, StringComparer.Ordinal)],
            EphemeralContainerStatuses = [.. PodContainer.Ephemeral(pod.Spec).Select(statusOf).OrderBy(static each => each.Name, StringComparer.Ordinal)],
            Reason = ending is { Reason.Length: > 0 } ? ending.Reason : pod.Status.Reason,
            Message = ending is { Message.Length: > 0 } ? ending.Message : pod.Status.Message,
            Conditions = WithCondition(pod.Status.Conditions, ending?.Condition),
        };
        status = isOver ? Over(pod, status, ending) : status with { Phase = WhileRunning(PodPhase.Of(pod.Spec, status.InitContainerStatuses, status.ContainerStatuses, isEnding: false), pod) };
        return ShortenMessages(status with { Conditions = PodConditions.Of(pod.Spec, status, seen.ReadySandbox is not null, Now) });
    }

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    private ApiList<PodCondition> WithCondition(ApiList<PodCondition> present, PodCondition? condition) =>
        condition is null || present.Any(each => each.Type == condition.Type && each.Status == condition.Status)
            ? present
            : present.RemoveAll(each => each.Type == condition.Type).Add(condition with { LastTransitionTime = Now });

    /// <summary>The addresses the pod has; one whose sandbox has ended keeps those it had.</summary>
    public PodStatus Addressed(Pod pod, RuntimePod seen)
    {
        var hosts = options.Addresses.Select(static address => new HostIP { Ip = address.ToString() }).ToApiList();
        var addresses = pod.Spec.HostNetwork ? hosts.Select(static host => host.Ip).ToList() : seen.Addresses.ToList();
        var status = pod.Status with { HostIP = hosts[0].Ip, HostIPs = hosts };
        // A pod in the node's network has the node's addresses as soon as it has a sandbox.
        return addresses.Count == 0 || (pod.Spec.HostNetwork && seen.ReadySandbox is null)
            ? status
            : status with { PodIP = addresses[0], PodIPs = addresses.Select(static address => new PodIP { Ip = address }).ToApiList() };
    }

    /// <summary>Containers may all have ended while the pod has not: its end is told when nothing of it is left to run.</summary>
    private static string WhileRunning(string phase, Pod pod) =>
        phase is "Succeeded" or "Failed" ? pod.Status.Phase is "" or "Unknown" ? "Pending" : pod.Status.Phase : phase;

    private static PodStatus Over(Pod pod, PodStatus status, PodEnding? ending)
    {
        var isInitialized = status.ContainerStatuses.Any(static each => each.ContainerID.Length > 0);
        if (isInitialized)
        {
            status = status with { ContainerStatuses = status.ContainerStatuses.ConvertAll(WithEnd) };
        }

        var phase = PodPhase.Of(pod.Spec, status.InitContainerStatuses, status.ContainerStatuses, isEnding: true);
        return status with { Phase = ending?.Fails == true || phase is not "Succeeded" ? "Failed" : phase };
    }

    private static ContainerStatus WithEnd(ContainerStatus status) => status.State.Terminated is not null
        ? status
        : status with { State = new ContainerState { Terminated = status.LastState.Terminated ?? ContainerStatuses.Lost }, Ready = false };

    /// <summary>Each container may use its share.</summary>
    private static PodStatus ShortenMessages(PodStatus status)
    {
        var share = MessageBytes / Math.Max(1, status.InitContainerStatuses.Count + status.ContainerStatuses.Count + status.EphemeralContainerStatuses.Count);
        return status with
        {
            InitContainerStatuses = status.InitContainerStatuses.ConvertAll(Shorten),
            ContainerStatuses = status.ContainerStatuses.ConvertAll(Shorten),
            EphemeralContainerStatuses = status.EphemeralContainerStatuses.ConvertAll(Shorten),
        };

        ContainerStatus Shorten(ContainerStatus each) => each with { State = ShortenState(each.State), LastState = ShortenState(each.LastState) };

        ContainerState ShortenState(ContainerState state) => state.Terminated is { } ended && ended.Message.Length > share
            ? state with { Terminated = ended with { Message = ended.Message[..share] } }
            : state;
    }
}
