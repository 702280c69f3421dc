using Petrel.Api.Core;
using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>Ends containers of a pod: each on its own, sidecars when their turn has come, all within the pod's time.</summary>
internal sealed class PodStops(PodServices services, Dictionary<string, ContainerSlot> slots, Action wake, Action<TimeSpan> wakeAfter)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CrashBackoff _failures = new(services.Time, FirstPause, LongestPause);
    private (TimeSpan Grace, DateTimeOffset KillAt)? _ending;

    public void Begin(Pod pod, PodPlan plan, PodEnding? ending, CancellationToken cancellationToken)
    {
        var killAt = KillAt(ending);
        foreach (var stop in plan.Stops.OrderBy(static each => each.Turn))
        {
            var slot = SlotOf(stop.Instance.Name);
            if (slot.Starting is not null)
            {
                // It is stopped when whoever starts it has let go.
                slot.Starting.Cancel();
            }
            else if (slot.Stop is not null)
            {
                slot.Stop.Hurry(killAt ?? DateTimeOffset.MaxValue);
            }
            else if (_failures.Waiting(stop.Instance.Name) is { } waiting)
            {
                wakeAfter(waiting.Left);
            }
            else
            {
                var grace = TimeSpan.FromSeconds(stop.Probe?.TerminationGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30);
                Begin(pod, slot, stop, killAt ?? services.Time.GetUtcNow() + grace, TurnOfAsync(plan, stop), cancellationToken);
            }
        }
    }

    /// <summary>The end of a stop: one that failed is tried again, later each time.</summary>
    public void Ended(string container, WaitingReason? failure)
    {
        if (failure is not null)
        {
            _failures.Failed(container, services.Time.GetUtcNow());
        }
    }

    private void Begin(Pod pod, ContainerSlot slot, PlannedStop planned, DateTimeOffset killAt, Task turn, CancellationToken cancellationToken)
    {
        var name = planned.Instance.Name;
        var container = PodContainer.Of(pod.Spec).FirstOrDefault(each => each.Name == name) ?? new PodContainer(new Container { Name = name }, ContainerRole.Main);
        var stop = new ContainerStop(services.Runtime, services.Hooks, services.Time, services.Events, pod, container, planned.Instance.Id, killAt);
        slot.Stop = stop;
        slot.Stopping = Operation.Start(token => stop.RunAsync(planned.Reason ?? $"Stopping container {name}", turn, token), wake, cancellationToken);
    }

    /// <summary>Completes when all that must end before have ended.</summary>
    private Task TurnOfAsync(PodPlan plan, PlannedStop stop) => Task.WhenAll(
        plan.Stops.Where(each => each.Turn < stop.Turn)
            .Select(each => slots.GetValueOrDefault(each.Instance.Name)?.Stopping?.Task)
            .OfType<Task<WaitingReason?>>());

    /// <summary>The time of the whole pod is over at one moment, which comes nearer when it is given less.</summary>
    private DateTimeOffset? KillAt(PodEnding? ending)
    {
        if (ending is null)
        {
            return null;
        }

        var killAt = services.Time.GetUtcNow() + ending.Grace;
        if (_ending is not { } present)
        {
            _ending = (ending.Grace, killAt);
        }
        else if (ending.Grace < present.Grace)
        {
            _ending = (ending.Grace, killAt < present.KillAt ? killAt : present.KillAt);
        }

        return _ending.Value.KillAt;
    }

    private ContainerSlot SlotOf(string name) => slots.TryGetValue(name, out var slot) ? slot : slots[name] = new ContainerSlot();
}
