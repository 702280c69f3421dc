using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Containers;
using Petrel.Node.Volumes;

namespace Petrel.Node.Pods;

/// <summary>
/// Starts containers of a pod, one after the other: a container's postStart hook holds up those after it, which programs rely on.
/// One that cannot start does not.
/// </summary>
internal sealed class PodStarts(PodServices services, Dictionary<string, ContainerSlot> slots, Action wake, Action<TimeSpan> wakeAfter)
{
    private const string Place = "place";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly PodStatuses _statuses = new(services.Options, services.Time);
    private readonly CrashBackoff _crashes = new(services.Time);
    private readonly CrashBackoff _failures = new(services.Time, FirstPause, LongestPause);
    private bool _areVolumesStale;

    /// <param name="hasInputChanged">What failed for want of something need not wait for its time.</param>
    /// <param name="untilEnding">Cancelled when the pod is to end.</param>
    public async Task BeginAsync(Pod pod, RuntimePod seen, PodPlan plan, bool hasInputChanged, CancellationToken untilEnding)
    {
        if (hasInputChanged)
        {
            _areVolumesStale = true;
            foreach (var slot in slots.Values)
            {
                slot.RetryAt = null;
            }
        }

        var first = plan.Starts.Where(each => IsDue(pod, seen, each)).ToList().FirstOrDefault();
        first = slots.Values.Any(static slot => slot.Starting is not null) ? null : first;
        var mustRefresh = _areVolumesStale && seen.ReadySandbox is not null;
        if ((first is not null || mustRefresh)
            && await MountAsync(pod, seen, untilEnding) is { } volumes
            && first is not null
            && await PlaceAsync(pod, seen, untilEnding) is { } place)
        {
            Begin(pod, first, place, volumes, untilEnding);
        }
    }

    /// <summary>Whether a container need not wait any longer, for its own sake or because the instance before it crashed.</summary>
    private bool IsDue(Pod pod, RuntimePod seen, PodContainer container)
    {
        var slot = SlotOf(container.Name);
        if (slot.IsBusy)
        {
            return false;
        }

        if (slot.RetryAt is { } retryAt && retryAt > services.Time.GetUtcNow())
        {
            if (retryAt != DateTimeOffset.MaxValue)
            {
                wakeAfter(retryAt - services.Time.GetUtcNow());
            }

            return false;
        }

        if (seen.Newest(container.Name) is not { HasEnded: true } ended || slot.CountedEnd == ended.Id)
        {
            return true;
        }

        if (_crashes.Waiting(container.Name, ended.FinishedAt) is not { } waiting)
        {
            return true;
        }

        var name = $"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";
        slot.Waiting = new WaitingReason("CrashLoopBackOff", $"back-off {GoDuration.Format(waiting.Pause)} restarting failed container={container.Name} pod={name}");
        if (slot.ToldEnd != ended.Id)
        {
            slot.ToldEnd = ended.Id;
            services.Events.Warning(pod, container, "BackOff", $"Back-off restarting failed container {container.Name} in pod {name}");
        }

        wakeAfter(waiting.Left);
        return false;
    }

    /// <summary>The pod's volumes; null when they are not to be had now.</summary>
    private async Task<IReadOnlyDictionary<string, string>?> MountAsync(Pod pod, RuntimePod seen, CancellationToken untilEnding)
    {
        if (_failures.Waiting(Place) is { } waiting)
        {
            wakeAfter(waiting.Left);
            return null;
        }

        try
        {
            var volumes = await services.Volumes.MountAsync(pod with { Status = _statuses.Addressed(pod, seen) }, untilEnding);
            _areVolumesStale = false;
            return volumes;
        }
        catch (VolumeException e)
        {
            Failed(pod, "FailedMount", [.. e.Problems]);
            return null;
        }
    }

    /// <summary>The pod's cgroup and sandbox, and the pod with the addresses that it has then; null when they are not to be had now.</summary>
    private async Task<(Pod Pod, RuntimePod Seen, PodPlace Place)?> PlaceAsync(Pod pod, RuntimePod seen, CancellationToken untilEnding)
    {
        try
        {
            services.Cgroups.Ensure(pod);
            var place = await services.Sandboxes.EnsureAsync(pod, seen, untilEnding);
            // Only now the pod has addresses, which its containers may ask for.
            var now = seen.ReadySandbox is null ? await RuntimePod.ReadAsync(services.Runtime, pod.Metadata.Uid, untilEnding) : seen;
            _failures.Forget(Place);
            return (pod with { Status = _statuses.Addressed(pod, now) }, now, place);
        }
        catch (IOException e)
        {
            Failed(pod, "FailedToCreatePodContainer", $"unable to ensure pod container exists: {e.Message}");
        }
        catch (GrpcException e) when (!untilEnding.IsCancellationRequested)
        {
            Failed(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {e.Message}");
        }

        return null;
    }

    private void Failed(Pod pod, string reason, params ReadOnlySpan<string> messages)
    {
        foreach (var message in messages)
        {
            services.Events.Warning(pod, reason, message);
        }

        _failures.Failed(Place, services.Time.GetUtcNow());
        wakeAfter(_failures.Waiting(Place)?.Left ?? TimeSpan.Zero);
    }

    private void Begin(
        Pod pod,
        PodContainer container,
        (Pod Pod, RuntimePod Seen, PodPlace Place) placed,
        IReadOnlyDictionary<string, string> volumes,
        CancellationToken untilEnding)
    {
        var slot = SlotOf(container.Name);
        var newest = placed.Seen.Newest(container.Name);
        if (newest is { HasEnded: true } && slot.CountedEnd != newest.Id)
        {
            slot.CountedEnd = newest.Id;
            _crashes.Failed(container.Name, services.Time.GetUtcNow());
        }

        var request = new ContainerStartRequest(
            placed.Pod,
            container,
            AttemptOf(pod, container, newest),
            newest is { IsOnlyCreated: true } ? newest.Id : null,
            container.TargetName.Length == 0 ? null : placed.Seen.Newest(container.TargetName)?.Id,
            placed.Place.SandboxId,
            placed.Place.Configuration,
            volumes);
        slot.Starting = Operation.Start(token => services.ContainerStart.RunAsync(request, token), wake, untilEnding);
    }

    /// <summary>One more than before. What the runtime has lost the API still knows.</summary>
    private static uint AttemptOf(Pod pod, PodContainer container, RuntimeContainer? newest)
    {
        if (newest is { IsOnlyCreated: true })
        {
            return newest.Attempt;
        }

        var reported = ContainerStatuses.Reported(pod, container);
        var hasRun = reported is not null && (reported.ContainerID.Length > 0 || reported.LastState.Terminated is not null);
        return Math.Max(newest is null ? 0 : newest.Attempt + 1, hasRun ? (uint)reported!.RestartCount + 1 : 0);
    }

    private ContainerSlot SlotOf(string name) => slots.TryGetValue(name, out var slot) ? slot : slots[name] = new ContainerSlot();
}
