using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Containers;

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

    /// <param name="haveInputsChanged">What failed for want of something need not wait for its time.</param>
    /// <param name="untilEnding">Cancelled when the pod is to end.</param>
    public async Task BeginAsync(Pod pod, RuntimePod seen, PodPlan plan, bool haveInputsChanged, CancellationToken untilEnding)
    {
        if (haveInputsChanged)
        {
            foreach (var slot in slots.Values)
            {
                slot.RetryAt = null;
            }
        }

        var first = plan.Starts.Where(each => IsDue(pod, seen, each)).ToList().FirstOrDefault();
        if (first is null || slots.Values.Any(static slot => slot.Starting is not null) || await PrepareAsync(pod, seen, untilEnding) is not { } prepared)
        {
            return;
        }

        Begin(pod, first, prepared, untilEnding);
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

    /// <summary>What all containers of the pod need: its cgroup, its volumes, its sandbox. Null when they are not to be had now.</summary>
    private async Task<Prepared?> PrepareAsync(Pod pod, RuntimePod seen, CancellationToken untilEnding)
    {
        if (_failures.Waiting(Place) is { } waiting)
        {
            wakeAfter(waiting.Left);
            return null;
        }

        try
        {
            services.Cgroups.Ensure(pod);
        }
        catch (IOException e)
        {
            return Failed(pod, "FailedToCreatePodContainer", $"unable to ensure pod container exists: {e.Message}");
        }

        try
        {
            var place = await services.Sandboxes.EnsureAsync(pod, seen, untilEnding);
            // Only now the pod has addresses, which its containers may ask for.
            var now = seen.ReadySandbox is null ? await RuntimePod.ReadAsync(services.Runtime, pod.Metadata.Uid, untilEnding) : seen;
            _failures.Forget(Place);
            return new Prepared(pod with { Status = _statuses.Addressed(pod, now) }, now, place, new Dictionary<string, string>());
        }
        catch (GrpcException e) when (!untilEnding.IsCancellationRequested)
        {
            return Failed(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {e.Message}");
        }
    }

    private Prepared? Failed(Pod pod, string reason, string message)
    {
        services.Events.Warning(pod, reason, message);
        _failures.Failed(Place, services.Time.GetUtcNow());
        wakeAfter(_failures.Waiting(Place)?.Left ?? TimeSpan.Zero);
        return null;
    }

    private void Begin(Pod pod, PodContainer container, Prepared prepared, CancellationToken untilEnding)
    {
        var slot = SlotOf(container.Name);
        var newest = prepared.Seen.Newest(container.Name);
        if (newest is { HasEnded: true } && slot.CountedEnd != newest.Id)
        {
            slot.CountedEnd = newest.Id;
            _crashes.Failed(container.Name, services.Time.GetUtcNow());
        }

        var request = new ContainerStartRequest(
            prepared.Pod,
            container,
            AttemptOf(pod, container, newest),
            newest is { IsOnlyCreated: true } ? newest.Id : null,
            container.TargetName.Length == 0 ? null : prepared.Seen.Newest(container.TargetName)?.Id,
            prepared.Place.SandboxId,
            prepared.Place.Configuration,
            prepared.Volumes);
        slot.Starting = Operation.Start(token => services.ContainerStart.RunAsync(request, token), wake, untilEnding);
    }

    /// <summary>One more than before; after the runtime has lost everything the API still knows.</summary>
    private static uint AttemptOf(Pod pod, PodContainer container, RuntimeContainer? newest) => newest switch
    {
        { IsOnlyCreated: true } => newest.Attempt,
        not null => newest.Attempt + 1,
        null => ContainerStatuses.Reported(pod, container) is { } reported && (reported.State.Running ?? (object?)reported.State.Terminated ?? reported.LastState.Terminated) is not null
            ? (uint)reported.RestartCount + 1
            : 0,
    };

    private ContainerSlot SlotOf(string name) => slots.TryGetValue(name, out var slot) ? slot : slots[name] = new ContainerSlot();

    private sealed record Prepared(Pod Pod, RuntimePod Seen, PodPlace Place, IReadOnlyDictionary<string, string> Volumes);
}
