using System.Threading.Tasks.Sources;

namespace Petrel.Storage.Backends.Embedded.Watching;

/// <summary>
/// Wakes one waiting reader. A signal that comes while nobody waits is kept, several are one. Waiting allocates
/// nothing, which matters with ten thousand watches.
/// </summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Signaled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private int _state;

    public void Set()
    {
        if (Interlocked.CompareExchange(ref _state, Signaled, Idle) == Waiting && LeaveWaiting())
        {
            _source.SetResult(true);
        }
    }

    /// <summary>Completes at the next signal. Only one wait at a time.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Signaled)
        {
            Volatile.Write(ref _state, Idle);
            return ValueTask.CompletedTask;
        }

        _cancellation = cancellationToken.UnsafeRegister(
            static (signal, token) => ((WakeSignal)signal!).Cancel(token), this);
        return new ValueTask(this, _source.Version);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that is just being delivered, so that it cannot hit the next wait.
        _cancellation.Dispose();
        _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (LeaveWaiting())
        {
            _source.SetException(new OperationCanceledException(token));
        }
    }

    private bool LeaveWaiting() => Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting;
}
