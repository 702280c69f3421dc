using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Cycle;

/// <summary>
/// Takes one pod after the other from the queue and finds its node. The pod counts as being there from then on; writing it to
/// the API, and what has to be written about pods that fit nowhere, happens beside the loop.
/// </summary>
internal sealed partial class SchedulingLoop(
    SchedulingQueue queue,
    NodeCache cache,
    NominatedPods nominated,
    SchedulingCycle scheduling,
    BindingCycle binding,
    FailureReport report,
    SeriesRecorder events,
    BackgroundWork background,
    ILogger logger)
{
    private readonly Snapshot _snapshot = new();

    /// <summary>Schedules until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var queued = await queue.TakeAsync(cancellationToken);
            await ScheduleAsync(queued, cancellationToken);
        }
    }

    private async Task ScheduleAsync(QueuedPod queued, CancellationToken cancellationToken)
    {
        var pod = queued.Pod;
        if (cache.HasPod(pod.Uid))
        {
            // It got its node while it was on the way here.
            queue.Remove(pod.Uid);
            return;
        }

        cache.Update(_snapshot);
        if (_snapshot.Count == 0)
        {
            await RejectAsync(queued, "no nodes available to schedule pods", new HashSet<string>(), "", null, cancellationToken);
            return;
        }

        var decision = Decide(pod);
        if (decision.Rejections is { } rejections)
        {
            await RejectAsync(queued, rejections.Message, rejections.Plugins, decision.Nominated, decision.Work, cancellationToken);
        }
        else if (decision.Error is { } error)
        {
            await background.StartAsync(() => FailAsync(queued, error, cancellationToken), cancellationToken);
        }
        else
        {
            await PlaceAsync(queued, pod, decision.State, decision.Node!, cancellationToken);
        }
    }

    private Decision Decide(PodInfo pod)
    {
        try
        {
            return scheduling.Run(pod, _snapshot);
        }
        catch (Exception exception)
        {
            // A plugin that cannot cope with one pod must not keep the others waiting.
            return new Decision(new CycleState()) { Error = Verdict.Error("", exception.Message, exception) };
        }
    }

    /// <summary>The pod stays in its attempt until everything is said and done about it, so that attempts do not overtake each other.</summary>
    private Task RejectAsync(
        QueuedPod queued, string message, IReadOnlySet<string> plugins, string? node, Func<CancellationToken, Task>? work, CancellationToken cancellationToken)
    {
        // At once, for the next pod not to take the room that is being made.
        if (node is not null)
        {
            nominated.Set(queued.Pod, node);
        }

        return background.StartAsync(
            async () =>
            {
                await report.WriteAsync(queued, "Unschedulable", message, node, cancellationToken);
                if (work is not null && !await TryAsync(queued, work, cancellationToken))
                {
                    queue.Fail(queued);
                    return;
                }

                queue.Reject(queued, plugins);
            },
            cancellationToken);
    }

    private async Task<bool> TryAsync(QueuedPod queued, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The room is not made: others may have it, and the pod looks anew.
            Log.NoRoomMade(logger, exception, queued.Pod.Key);
            nominated.Remove(queued.Pod.Uid);
            return false;
        }
    }

    private async Task PlaceAsync(QueuedPod queued, PodInfo pod, CycleState state, string node, CancellationToken cancellationToken)
    {
        cache.Assume(pod, node);
        nominated.Remove(pod.Uid);
        queue.Bound(queued);
        var (verdict, wait) = binding.Begin(state, pod, node);
        await background.StartAsync(
            async () =>
            {
                var outcome = verdict.IsSuccess ? await FinishAsync(pod, state, node, wait, cancellationToken) : verdict;
                if (outcome.IsSuccess)
                {
                    events.Record(pod.Pod, null, "Normal", "Scheduled", "Binding", $"Successfully assigned {pod.Namespace}/{pod.Pod.Metadata.Name} to {node}");
                    return;
                }

                await UndoAsync(queued, pod, state, node, outcome, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Verdict> FinishAsync(PodInfo pod, CycleState state, string node, WaitingPod? wait, CancellationToken cancellationToken)
    {
        try
        {
            return await binding.FinishAsync(state, pod, node, wait, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // As above; a call that ran out of time comes here, too.
            return Verdict.Error("", exception.Message, exception);
        }
    }

    private async Task UndoAsync(QueuedPod queued, PodInfo pod, CycleState state, string node, Verdict outcome, CancellationToken cancellationToken)
    {
        binding.Undo(state, pod, node);
        if (cache.Forget(pod.Uid))
        {
            // Its place is free again, as if it had been deleted.
            queue.Tell(new ClusterEvent(ClusterEventKinds.AssignedPodDeleted) { OldPod = pod });
        }

        if (outcome.IsRejected)
        {
            await report.WriteAsync(queued, "Unschedulable", outcome.Message, null, cancellationToken);
            queue.Reject(queued, new HashSet<string> { outcome.Plugin });
        }
        else
        {
            await FailAsync(queued, outcome, cancellationToken);
        }
    }

    private async Task FailAsync(QueuedPod queued, Verdict error, CancellationToken cancellationToken)
    {
        Log.Failed(logger, error.Exception, queued.Pod.Key, error.Message);
        await report.WriteAsync(queued, "SchedulerError", error.Message, null, cancellationToken);
        queue.Fail(queued);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot schedule {Pod}: {Message}")]
        public static partial void Failed(ILogger logger, Exception? exception, ObjectKey pod, string message);

        [LoggerMessage(LogLevel.Warning, "cannot make room for {Pod}")]
        public static partial void NoRoomMade(ILogger logger, Exception exception, ObjectKey pod);
    }
}
