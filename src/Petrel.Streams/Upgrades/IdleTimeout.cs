namespace Petrel.Streams.Upgrades;

/// <summary>
/// Cancels its token when nothing was touched for the limit. A touch is one store: the timer looks only when the
/// limit could have passed.
/// </summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _expired = new();
    private readonly ITimer _timer;
    private long _touched;

    public IdleTimeout(TimeSpan limit, TimeProvider time)
    {
        _time = time;
        _limit = limit;
        _touched = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((IdleTimeout)state!).Check(), this, limit, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _expired.Token;

    public void Touch() => Volatile.Write(ref _touched, _time.GetTimestamp());

    public void Dispose()
    {
        _timer.Dispose();
        _expired.Dispose();
    }

    private void Check()
    {
        var left = _limit - _time.GetElapsedTime(Volatile.Read(ref _touched));
        try
        {
            if (left <= TimeSpan.Zero)
            {
                _expired.Cancel();
            }
            else
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The session ended while the timer was firing.
        }
    }
}
