using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Grpc;
using Petrel.Node.Containers;
using Petrel.Node.Volumes;

namespace Petrel.Node.Pods;

/// <summary>
/// Looks after one pod of this node from its first sight until nothing of it is left. Whatever happens (the API object changes,
/// the runtime reports something, a probe changes its mind, a pause is over) only wakes it. Then it looks at everything
/// anew and does what is missing, so it does the right thing after any crash and any lost event. <see cref="SyncAsync"/> is a
/// pod's whole way.
/// </summary>
internal sealed partial class PodWorker : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BugPause = TimeSpan.FromSeconds(10);

    private readonly PodServices _services;
    private readonly PodInput _input;
    private readonly PodHealth _health;
    private readonly PodReport _report;
    private readonly PodStarts _starts;
    private readonly PodStops _stops;
    private readonly Dictionary<string, ContainerSlot> _slots = new(StringComparer.Ordinal);
    private readonly Signal _signal;
    private readonly CancellationTokenSource _untilEnding = new();
    private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _again;
    private bool _isReleased;
    private bool _isDeleteSent;
    private bool _isDeadlineTold;

    /// <param name="pod">As the API has it; null for what is left of a pod that it does not have.</param>
    /// <param name="refusal">Why the node does not take the pod; null when it does.</param>
    public PodWorker(string uid, Pod? pod, PodServices services, PodEnding? refusal)
    {
        _services = services;
        _signal = new Signal(services.Time);
        _input = new PodInput(uid, pod, refusal, services.Time);
        _health = new PodHealth(uid, services.Probes);
        _report = new PodReport(services, _health);
        _starts = new PodStarts(services, _slots, Wake, WakeAfter);
        _stops = new PodStops(services, _slots, Wake, WakeAfter);
        if (pod is not null)
        {
            services.Objects.Register(pod);
        }
    }

    /// <summary>The newest that is known of it; null for one that the API never told of.</summary>
    public Pod? Pod => _input.Pod;

    /// <summary>It was not taken.</summary>
    public bool IsRefused => _input.IsRefused;

    /// <summary>What the runtime had of the pod when the worker last looked.</summary>
    public RuntimePod Seen { get; private set; } = new();

    /// <summary>Completes when <see cref="Seen"/> was filled for the first time, or could not be because the runtime does not answer.</summary>
    public Task FirstLook => _firstLook.Task;

    /// <summary>When its containers have ended.</summary>
    public ContainerEnds Ends { get; } = new();

    /// <summary>The API has this.</summary>
    public void Update(Pod pod)
    {
        if (_input.Take(pod))
        {
            _services.Objects.Register(pod);
            EndStarts(pod.Metadata.DeletionTimestamp is not null);
            Wake();
        }
    }

    /// <summary>The API does not have the pod any more.</summary>
    public void Gone()
    {
        _input.IsGone = true;
        EndStarts(true);
        Wake();
    }

    /// <summary>A ConfigMap or Secret of the pod changed: what failed for want of it may work now.</summary>
    public void ObjectsChanged()
    {
        _input.ObjectsChanged();
        Wake();
    }

    /// <summary>The node cannot let the pod run any longer.</summary>
    public void Evict(PodEnding ending)
    {
        _input.Evict(ending);
        EndStarts(true);
        Wake();
    }

    public void Wake() => _signal.Set();

    /// <summary>Works until nothing of the pod is left or the agent ends, which leaves the pod as it is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stopped = cancellationToken.UnsafeRegister(static worker => ((PodWorker)worker!).EndStarts(true), this);
        try
        {
            while (true)
            {
                _again = null;
                if (await TrySyncAsync(cancellationToken))
                {
                    return;
                }

                await _signal.WaitAsync(_again, cancellationToken);
            }
        }
        finally
        {
            _firstLook.TrySetResult();
            await EndOperationsAsync();
        }
    }

    /// <summary>Nothing is told to it any more.</summary>
    public void Dispose()
    {
        _services.Objects.Unregister(_input.Uid);
        _untilEnding.Dispose();
    }

    private async Task<bool> TrySyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SyncAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is GrpcException or ApiException or HttpRequestException or IOException or VolumeException or OperationCanceledException)
        {
            Log.Failed(_services.Logger, _input.Uid, e.Message);
            WakeAfter(RetryPause);
        }
        catch (Exception e)
        {
            // A fault in one pod's handling must not end the others'.
            Log.Broke(_services.Logger, _input.Uid, e);
            WakeAfter(BugPause);
        }

        return false;
    }

    /// <summary>One look at the pod and what follows from it. True when nothing of the pod is left.</summary>
    private async Task<bool> SyncAsync(CancellationToken cancellationToken)
    {
        // 1. What the runtime has of it, and how what was under way has ended.
        var seen = await LookAsync(cancellationToken);
        var pod = _input.Pod ?? OrphanPod.From(_input.Uid, seen);
        TakeResults(pod);

        // 2. What is to be done: the difference between that and what should be.
        var ending = _input.Ending(WakeAfter);
        EndStarts(ending is not null);
        TellDeadline(pod, ending);
        var plan = PodPlan.Of(pod.Spec, seen, ending is not null, _health);

        // 3. All of it has ended and nothing is to be started again.
        if (plan.IsOver && !_slots.Values.Any(static slot => slot.IsBusy))
        {
            return await FinishAsync(pod, ending, cancellationToken);
        }

        // 4. Say how it is, then do what is missing, which may change how it is.
        await ReportAsync(pod, seen, ending, isOver: false, cancellationToken);
        _stops.Begin(pod, plan, ending, cancellationToken);
        if (ending is null)
        {
            await StartAsync(_input.Pod ?? pod, seen, plan);
            await ReportAsync(pod, seen, ending, isOver: false, cancellationToken);
        }

        // 5. Old instances that nobody asks for any more.
        await _services.Removal.RemoveLeftoversAsync(pod, seen, cancellationToken);
        return false;
    }

    private async Task StartAsync(Pod pod, RuntimePod seen, PodPlan plan)
    {
        try
        {
            await _starts.BeginAsync(pod, seen, plan, _input.TakeHasChanged(), _untilEnding.Token);
        }
        catch (OperationCanceledException) when (_untilEnding.IsCancellationRequested)
        {
            // The pod is to end: the next look sees why.
            Wake();
        }
    }

    /// <summary>The end of the way: tell how it ended, give back what it used and, when it is to be deleted, take it all away.</summary>
    private async Task<bool> FinishAsync(Pod pod, PodEnding? ending, CancellationToken cancellationToken)
    {
        // Addresses and host ports are given back first: the end that is told must be one that others can rely on.
        await _services.Sandboxes.StopAllAsync(Seen, cancellationToken);
        var seen = await LookAsync(cancellationToken);
        if (!await ReportAsync(pod, seen, ending, isOver: true, cancellationToken))
        {
            // How its containers ended is known only from the runtime: it is kept until it is told.
            return false;
        }

        _services.Probes.Forget(_input.Uid);
        if (!_isReleased && !(_isReleased = await _services.Removal.TryReleaseAsync(_input.Uid, cancellationToken)))
        {
            WakeAfter(RetryPause);
            return false;
        }

        if (!_input.IsToBeDeleted)
        {
            // It stays, with its logs, until somebody deletes it.
            await _services.Removal.RemoveLeftoversAsync(pod, seen, cancellationToken);
            return false;
        }

        await _services.Removal.RemoveAsync(pod, seen, cancellationToken);
        See(new RuntimePod());
        _services.Images.Forget(pod);
        _services.Objects.Unregister(_input.Uid);
        if (!_input.IsGone && !_isDeleteSent)
        {
            await DeleteAsync(pod, cancellationToken);
        }

        return _input.IsGone;
    }

    private async Task<RuntimePod> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var seen = See(await RuntimePod.ReadAsync(_services.Runtime, _input.Uid, cancellationToken));
            _services.Changes.Saw(_input.Uid, seen.Parts);
            return seen;
        }
        finally
        {
            _firstLook.TrySetResult();
        }
    }

    private RuntimePod See(RuntimePod seen)
    {
        Seen = seen;
        Ends.Observe(seen);
        return seen;
    }

    /// <summary>Lets the API object go, unless another of the same name has come in its place.</summary>
    private async Task DeleteAsync(Pod pod, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid } };
        try
        {
            await _services.Api.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancellationToken);
        }
        catch (ApiException e) when (e.IsConflict)
        {
            // It is gone; the watch will say so.
        }

        _isDeleteSent = true;
    }

    private async Task<bool> ReportAsync(Pod pod, RuntimePod seen, PodEnding? ending, bool isOver, CancellationToken cancellationToken)
    {
        if (_input.IsGone || _input.Pod is null)
        {
            return true;
        }

        try
        {
            if (await _report.WriteAsync(_input.Pod, seen, _slots, ending, isOver, cancellationToken) is { } written)
            {
                _input.Take(written);
            }

            return true;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            Log.StatusNotWritten(_services.Logger, pod.Metadata.Namespace, pod.Metadata.Name, e.Message);
            WakeAfter(RetryPause);
            return false;
        }
    }

    private void TakeResults(Pod pod)
    {
        foreach (var (name, slot) in _slots)
        {
            if (slot.Starting is { IsOver: true } starting)
            {
                slot.Starting = null;
                var result = ResultOf(pod, name, starting);
                slot.Waiting = result;
                slot.RetryAt = result is null ? null : result.RetryAfter is { } pause ? _services.Time.GetUtcNow() + pause : DateTimeOffset.MaxValue;
            }

            if (slot.Stopping is { IsOver: true } stopping)
            {
                (slot.Stopping, slot.Stop) = (null, null);
                _stops.Ended(name, ResultOf(pod, name, stopping));
            }
        }
    }

    private WaitingReason? ResultOf(Pod pod, string container, Operation operation)
    {
        using (operation)
        {
            if (operation.Task.Exception?.InnerException is not { } failure)
            {
                return operation.Task.IsCanceled ? null : operation.Task.GetAwaiter().GetResult();
            }

            Log.OperationFailed(_services.Logger, pod.Metadata.Namespace, pod.Metadata.Name, container, failure);
            return new WaitingReason("CreateContainerError", failure.Message, BugPause);
        }
    }

    /// <summary>Once: what the API has already been told of is no news. Of evictions the evictor tells.</summary>
    private void TellDeadline(Pod pod, PodEnding? ending)
    {
        if (ending is { Reason.Length: > 0, IsRefusal: false, Condition: null } && pod.Status.Reason != ending.Reason && !_isDeadlineTold)
        {
            _isDeadlineTold = true;
            _services.Events.Normal(pod, ending.Reason, ending.Message);
        }
    }

    private void WakeAfter(TimeSpan pause) => _again = _again is { } earlier && earlier < pause ? earlier : pause;

    /// <summary>What is being started or pulled is not needed any more.</summary>
    private void EndStarts(bool isEnding)
    {
        if (isEnding && !_untilEnding.IsCancellationRequested)
        {
            _untilEnding.Cancel();
        }
    }

    private async Task EndOperationsAsync()
    {
        foreach (var operation in _slots.Values.SelectMany(static slot => new[] { slot.Starting, slot.Stopping }).OfType<Operation>())
        {
            operation.Cancel();
            await ((Task)operation.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            operation.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "pod {Uid} cannot be looked after now, will try again: {Message}")]
        public static partial void Failed(ILogger logger, string uid, string message);

        [LoggerMessage(LogLevel.Error, "looking after pod {Uid} failed by a fault of the agent, will try again")]
        public static partial void Broke(ILogger logger, string uid, Exception exception);

        [LoggerMessage(LogLevel.Warning, "cannot write the status of pod {Namespace}/{Name}, will try again: {Message}")]
        public static partial void StatusNotWritten(ILogger logger, string @namespace, string name, string message);

        [LoggerMessage(LogLevel.Warning, "container {Container} of pod {Namespace}/{Name} could not be started or stopped")]
        public static partial void OperationFailed(ILogger logger, string @namespace, string name, string container, Exception exception);
    }
}
