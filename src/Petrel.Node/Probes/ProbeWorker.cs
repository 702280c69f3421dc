using Petrel.Api.Core;

namespace Petrel.Node.Probes;

/// <summary>
/// One probe of one container: runs it at its times, counts against its thresholds, and keeps what it found about the
/// container that runs now. Costs a timer while it waits, and nothing while the container does not run.
/// </summary>
/// <param name="run">Carries out the probe.</param>
/// <param name="changed">Called when the outcome has changed, without a lock.</param>
/// <param name="agentStart">When this node agent began to probe.</param>
internal sealed class ProbeWorker(
    ProbeKind kind, Func<ProbeTarget, ProbeKind, CancellationToken, Task<ProbeAnswer>> run, Action changed, DateTimeOffset agentStart, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private ProbeTarget? _target;
    private string _containerId = "";
    private ProbeOutcome _outcome;
    private bool _isDecided;

    // The last answers that were the same, and how many.
    private ProbeOutcome _last;
    private int _count;

    // The probe has said what it has to say about this container.
    private bool _isOnHold;

    // What waits for or runs the probe now; replaced when the probe stops, so that a late answer is known as such.
    private Run? _run;
    private bool _isDisposed;

    /// <summary>What a probe says about a container that it has not probed yet.</summary>
    public static ProbeOutcome InitialOf(ProbeKind kind) => kind switch
    {
        ProbeKind.Readiness => ProbeOutcome.Failure,
        ProbeKind.Liveness => ProbeOutcome.Success,
        _ => ProbeOutcome.Unknown,
    };

    public ProbeOutcome OutcomeOf(string containerId)
    {
        lock (_lock)
        {
            return containerId == _containerId ? _outcome : InitialOf(kind);
        }
    }

    /// <summary>Whether the outcome was found, not assumed.</summary>
    public bool IsDecided(string containerId)
    {
        lock (_lock)
        {
            return containerId == _containerId && _isDecided;
        }
    }

    /// <summary>Takes note of how the container is now, and starts or stops probing accordingly.</summary>
    /// <param name="status">The container's; null when it has none yet.</param>
    public void Follow(Pod pod, Container container, Probe probe, ContainerStatus? status, string podAddress)
    {
        var hasChanged = false;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            Become(pod, container, PodContainers.RuntimeId(status?.ContainerID ?? ""));
            _target = new ProbeTarget(pod, container, probe, _containerId, podAddress);
            if (pod.Metadata.DeletionTimestamp is not null && kind != ProbeKind.Readiness)
            {
                // A container that is being stopped is not restarted for not answering.
                hasChanged = Set(ProbeOutcome.Success);
                Stop();
            }
            else if (status?.State.Running is { } running && _containerId.Length > 0 && !_isOnHold && IsDue(container, status))
            {
                Start(probe, running.StartedAt ?? time.GetUtcNow());
            }
            else
            {
                Stop();
            }
        }

        if (hasChanged)
        {
            changed();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Stop();
        }
    }

    /// <summary>Startup probes run until the container has started, the others from then on.</summary>
    private bool IsDue(Container container, ContainerStatus status) =>
        (kind == ProbeKind.Startup) != (status.Started ?? container.StartupProbe is null);

    /// <summary>Begins anew for a new container; what the API knew of it before a restart of the node agent stays true.</summary>
    private void Become(Pod pod, Container container, string containerId)
    {
        if (containerId == _containerId)
        {
            return;
        }

        Stop();
        _containerId = containerId;
        (_last, _count, _isOnHold) = (ProbeOutcome.Unknown, 0, false);
        var reported = PodContainers.StatusOf(pod.Status, container.Name);
        var isReported = containerId.Length > 0 && reported is not null && PodContainers.RuntimeId(reported.ContainerID) == containerId;
        _isDecided = isReported && kind switch
        {
            ProbeKind.Readiness => reported!.Ready,
            ProbeKind.Startup => reported!.Started == true,
            _ => false,
        };
        _outcome = _isDecided ? ProbeOutcome.Success : InitialOf(kind);
    }

    private void Start(Probe probe, DateTimeOffset startedAt)
    {
        if (_run is not null)
        {
            return;
        }

        var (now, period) = (time.GetUtcNow(), Period(probe));
        var wait = startedAt + TimeSpan.FromSeconds(probe.InitialDelaySeconds) - now;
        wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        if (startedAt < agentStart && now - agentStart < period)
        {
            // After a restart of the node agent all containers of the node are found at once: their probes are not.
            wait += period * Random.Shared.NextDouble();
        }

        _run = new Run(this);
        _run.Wait(time, wait);
    }

    private void Stop()
    {
        _run?.Dispose();
        _run = null;
    }

    private async Task ProbeAsync(Run current)
    {
        ProbeTarget target;
        lock (_lock)
        {
            if (_run != current)
            {
                return;
            }

            target = _target!;
        }

        var started = time.GetTimestamp();
        ProbeAnswer answer;
        try
        {
            answer = await run(target, kind, current.Cancellation);
        }
        catch (OperationCanceledException) when (current.Cancellation.IsCancellationRequested)
        {
            return;
        }

        var hasChanged = false;
        lock (_lock)
        {
            if (_run != current)
            {
                return;
            }

            hasChanged = Count(answer, target.Probe);
            if (_isOnHold)
            {
                Stop();
            }
            else
            {
                var wait = Period(target.Probe) - time.GetElapsedTime(started);
                current.Wait(time, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            }
        }

        if (hasChanged)
        {
            changed();
        }
    }

    /// <summary>True when the outcome is another now.</summary>
    private bool Count(ProbeAnswer answer, Probe probe)
    {
        if (answer.Kind == ProbeAnswerKind.Error)
        {
            return false;
        }

        var outcome = answer.Kind == ProbeAnswerKind.Failure ? ProbeOutcome.Failure : ProbeOutcome.Success;
        (_last, _count) = (outcome, outcome == _last ? _count + 1 : 1);
        if (_count < (outcome == ProbeOutcome.Failure ? probe.FailureThreshold : probe.SuccessThreshold))
        {
            return false;
        }

        // A container that is to be restarted, or that has started, is not asked again.
        _isOnHold = kind == ProbeKind.Startup || (kind == ProbeKind.Liveness && outcome == ProbeOutcome.Failure);
        return Set(outcome);
    }

    private bool Set(ProbeOutcome outcome)
    {
        var hasChanged = _outcome != outcome || !_isDecided;
        (_outcome, _isDecided) = (outcome, true);
        return hasChanged;
    }

    private static TimeSpan Period(Probe probe) => TimeSpan.FromSeconds(Math.Max(1, probe.PeriodSeconds));

    /// <summary>From one start of probing to its stop.</summary>
    private sealed class Run(ProbeWorker worker) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private ITimer? _timer;

        public CancellationToken Cancellation => _stop.Token;

        public void Wait(TimeProvider time, TimeSpan wait)
        {
            _timer ??= time.CreateTimer(_ => _ = worker.ProbeAsync(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer?.Dispose();
            // Not disposed of: the probe that runs still looks at its token.
            _stop.Cancel();
        }
    }
}
