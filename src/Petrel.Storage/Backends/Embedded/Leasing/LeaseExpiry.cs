namespace Petrel.Storage.Backends.Embedded.Leasing;

/// <summary>
/// Asks for the deletion of leases when they are due. One timer, set for the earliest lease; renewals do not touch it:
/// when it fires for a lease that was renewed, that lease is looked at again later.
/// </summary>
internal sealed class LeaseExpiry : IDisposable
{
    /// <summary>Timers have an upper limit; a lease that lives longer is looked at this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<long, long> _due = new();
    private readonly LeaseTable _leases;
    private readonly TimeProvider _time;
    private readonly Action<long> _expire;
    private readonly ITimer _timer;
    private bool _disposed;

    /// <param name="leases">What to watch, from now on.</param>
    /// <param name="time">The clock of the leases.</param>
    /// <param name="expire">Starts the deletion of a lease that is due; it need not succeed.</param>
    public LeaseExpiry(LeaseTable leases, TimeProvider time, Action<long> expire)
    {
        _leases = leases;
        _time = time;
        _expire = expire;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        leases.Granted = Schedule;
        foreach (var lease in leases.All())
        {
            Schedule(lease.Id, leases.RemainingOf(lease.Id) ?? TimeSpan.Zero);
        }
    }

    /// <summary>Looks at a lease after the given time.</summary>
    public void Schedule(long id, TimeSpan wait)
    {
        lock (_gate)
        {
            _due.Enqueue(id, _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency));
            SetTimer();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        var expired = new List<long>();
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_due.TryPeek(out var id, out var at) && at <= now)
            {
                _due.Dequeue();
                var remaining = _leases.RemainingOf(id);
                if (remaining > TimeSpan.Zero)
                {
                    _due.Enqueue(id, now + (long)(remaining.Value.TotalSeconds * _time.TimestampFrequency) + 1);
                }
                else if (remaining is not null)
                {
                    expired.Add(id);
                }
            }

            SetTimer();
        }

        foreach (var id in expired)
        {
            _expire(id);
        }
    }

    private void SetTimer()
    {
        if (_disposed || !_due.TryPeek(out _, out var at))
        {
            return;
        }

        var wait = _time.GetElapsedTime(_time.GetTimestamp(), at);
        _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
