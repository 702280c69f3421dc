using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Grpc;

namespace Petrel.Node.Runtime;

/// <summary>
/// Tells which pods changed in the runtime, whoever changed them. An event only says "look now": what changed is
/// found by listing everything and comparing with the list before, so a lost event costs time and nothing else. A
/// slow relist without an event bounds that time.
/// </summary>
public sealed partial class PodChangeSource(ContainerRuntime runtime, PodChangeOptions options, TimeProvider time, ILogger<PodChangeSource> logger)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _stopped = [];
    private PodSnapshot _known = PodSnapshot.Empty;
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Calls back with the UID of every pod that changed, first with those that exist at all, until cancelled. The
    /// callback must be quick: no further change is looked for while it runs.
    /// </summary>
    public async Task RunAsync(Action<string> podChanged, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = ReadEventsAsync(stop.Token);
        try
        {
            await RelistAsync(podChanged, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await events.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Somebody else looked at a pod and saw this, by id of sandbox or container and whether it runs. What is told from now on
    /// are differences from that: a container that came and went between two looks of this source would be none to it.
    /// </summary>
    public void Saw(string podUid, IReadOnlyDictionary<string, bool> parts)
    {
        lock (_lock)
        {
            if (PodSnapshot.Same(_known.PartsOf(podUid), parts))
            {
                return;
            }

            _known = _known.With(podUid, parts);
        }

        LookNow();
    }

    private async Task RelistAsync(Action<string> podChanged, CancellationToken cancellationToken)
    {
        var pause = options.RelistPeriod;
        var unsettledPause = options.FirstSettlePause;
        while (true)
        {
            _looks.Reader.TryRead(out _);
            try
            {
                var current = await PodSnapshot.TakeAsync(runtime, cancellationToken).ConfigureAwait(false);
                foreach (var pod in Learn(current))
                {
                    podChanged(pod);
                }

                // containerd tells of an end before its CRI part has taken note: look again until that agrees.
                var settled = ForgetSettled(current);
                pause = settled ? options.RelistPeriod : unsettledPause;
                unsettledPause = settled ? options.FirstSettlePause : TimeSpan.FromTicks(Math.Min(unsettledPause.Ticks * 2, options.RelistPeriod.Ticks));
            }
            catch (GrpcException e)
            {
                Log.RelistFailed(logger, e);
                pause = options.RetryPause;
            }

            await WaitForLookAsync(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadEventsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var reading = runtime.Events.ReadAsync(Observe, cancellationToken);
                // Nothing tells when the stream is open, so what happens just before it is would be missed by an
                // immediate look alone.
                await Task.WhenAny(reading, Task.Delay(options.RetryPause, time, cancellationToken)).ConfigureAwait(false);
                LookNow();
                await reading.ConfigureAwait(false);
            }
            catch (GrpcException e)
            {
                Log.EventStreamBroke(logger, e);
            }

            await Task.Delay(options.RetryPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The pods that are not as they were known.</summary>
    private List<string> Learn(PodSnapshot current)
    {
        lock (_lock)
        {
            var changed = current.PodsThatDifferFrom(_known).ToList();
            _known = current;
            return changed;
        }
    }

    private void Observe(ContainerEvent containerEvent)
    {
        if (containerEvent.Kind == ContainerEventKind.Stopped)
        {
            lock (_lock)
            {
                if (_stopped.Count < options.MaxUnsettled)
                {
                    _stopped.Add(containerEvent.ContainerId);
                }
            }
        }

        LookNow();
    }

    private void LookNow() => _looks.Writer.TryWrite(true);

    private bool ForgetSettled(PodSnapshot current)
    {
        lock (_lock)
        {
            _stopped.RemoveWhere(id => !current.IsRunning(id));
            return _stopped.Count == 0;
        }
    }

    private async Task WaitForLookAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _looks.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time for the next look without a reason.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot list the container runtime's pods; trying again")]
        public static partial void RelistFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The container runtime's event stream broke; opening it again")]
        public static partial void EventStreamBroke(ILogger logger, Exception exception);
    }
}
