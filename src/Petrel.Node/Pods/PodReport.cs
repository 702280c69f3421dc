using Petrel.Api.Core;
using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>Tells the API how a pod is, when it is not what the API has.</summary>
internal sealed class PodReport(PodServices services, IContainerHealth health)
{
    private readonly PodStatuses _statuses = new(services.Options, services.Time);
    private readonly ContainerStatuses _containers = new(services.Options, health, services.RuntimeName);

    private bool _isFollowed;

    /// <summary>The pod with its new status; null when there was nothing to tell.</summary>
    public async Task<Pod?> WriteAsync(
        Pod pod, RuntimePod seen, IReadOnlyDictionary<string, ContainerSlot> slots, PodEnding? ending, bool isOver, CancellationToken cancellationToken)
    {
        _containers.Forget(seen);
        if (IsTold(pod))
        {
            return null;
        }

        if (!_isFollowed)
        {
            // After a restart of the agent the probes take over what the API knows, so that nothing ready becomes unready by it.
            services.Probes.Follow(pod, pod.Status);
            _isFollowed = true;
        }

        var status = _statuses.Of(pod, seen, ending, isOver, container =>
        {
            var slot = slots.GetValueOrDefault(container.Name);
            var isDone = seen.Newest(container.Name) is { HasEnded: true } ended && !PodPlan.MayRestart(pod.Spec, container.Role, ended);
            return _containers.Of(pod, container, seen, isDone ? null : slot?.Waiting, slot?.Starting is not null);
        });
        if (!isOver)
        {
            services.Probes.Follow(pod, status);
        }

        return status == pod.Status ? null : await services.StatusWriter.WriteAsync(pod, status, cancellationToken);
    }

    /// <summary>The end of a pod is told once: what the runtime forgets of it later is no news.</summary>
    private static bool IsTold(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed"
        && pod.Status.ContainerStatuses.All(static each => each.State.Running is null)
        && pod.Status.InitContainerStatuses.All(static each => each.State.Running is null);
}
