using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Hooks;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Containers;

/// <summary>
/// The way of one instance of a container to its end: its hook, its stop signal, and a kill when the time is over, which may
/// become shorter on the way.
/// </summary>
internal sealed class ContainerStop(
    ContainerRuntime runtime, LifecycleHooks hooks, TimeProvider time, PodEvents events, Pod pod, PodContainer container, string id, DateTimeOffset killAt)
{
    /// <summary>Every process gets this long between its stop signal and the kill, as upstream grants.</summary>
    public static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private DateTimeOffset _killAt = killAt;
    private CancellationTokenSource? _waiting;

    /// <summary>No later than now planned.</summary>
    public void Hurry(DateTimeOffset earlier)
    {
        lock (_lock)
        {
            if (earlier < _killAt)
            {
                _killAt = earlier;
                _waiting?.Cancel();
            }
        }
    }

    /// <param name="message">Of the event.</param>
    /// <param name="turn">Completes when the stop signal may be sent.</param>
    public async Task<WaitingReason?> RunAsync(string message, Task turn, CancellationToken cancellationToken)
    {
        events.Normal(pod, container, "Killing", message);
        if (container.Container.Lifecycle?.PreStop is { } hook)
        {
            await UntilLateAsync(RunHookAsync(hook, cancellationToken), cancellationToken);
        }

        await UntilLateAsync(turn, cancellationToken);
        while (true)
        {
            var left = KillAt - time.GetUtcNow();
            using var hurried = Begin(cancellationToken);
            try
            {
                await runtime.Containers.StopAsync(id, left > LeastGrace ? left : LeastGrace, hurried.Token);
                return null;
            }
            catch (Exception e) when (hurried.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or GrpcException { StatusCode: GrpcStatusCode.Cancelled })
            {
                // There is less time than there was: the runtime is told so.
            }
            finally
            {
                End();
            }
        }
    }

    private DateTimeOffset KillAt
    {
        get
        {
            lock (_lock)
            {
                return _killAt;
            }
        }
    }

    private async Task RunHookAsync(LifecycleHandler hook, CancellationToken cancellationToken)
    {
        try
        {
            await hooks.RunAsync(pod, container.Container, hook, id, pod.Status.PodIP, cancellationToken);
        }
        catch (HookException e)
        {
            // The container ends all the same.
            events.Warning(pod, container, e.Reason, e.Message);
        }
    }

    /// <summary>Waits for something until time is over, which may be sooner than it was.</summary>
    private async Task UntilLateAsync(Task work, CancellationToken cancellationToken)
    {
        while (KillAt - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            using var hurried = Begin(cancellationToken);
            try
            {
                await work.WaitAsync(left, time, hurried.Token);
                return;
            }
            catch (TimeoutException)
            {
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // There is less time than there was.
            }
            finally
            {
                End();
            }
        }
    }

    private CancellationTokenSource Begin(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
        {
            _waiting = source;
        }

        return source;
    }

    private void End()
    {
        lock (_lock)
        {
            _waiting = null;
        }
    }
}
