namespace Petrel.Client.Queues;

/// <summary>
/// Keys that need work. A key is there once however often it is added, and never in two hands: one added while it is being
/// worked on comes again afterwards. As long as there are different keys, which is its limit.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable where TKey : notnull
{
    // Timers take no more than 49 days: one for a key due later is set again when it fires.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    // So far ahead that nobody waits for it, and near enough to be counted in the finest clock's ticks.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(36500);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _dirty = [];
    private readonly Dictionary<TKey, long> _inFlight = [];
    private readonly Dictionary<TKey, long> _addedAt = [];
    private readonly IQueueObserver? _observer;
    private readonly DelayedKeys<TKey> _delayed = new();
    private readonly RetryDelays<TKey> _retries = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private bool _disposed;

    /// <param name="observer">Hears what happens; null for nobody.</param>
    public WorkQueue(TimeProvider time, IQueueObserver? observer = null)
    {
        (_time, _observer) = (time, observer);
        _timer = time.CreateTimer(static state => ((WorkQueue<TKey>)state!).AddDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        observer?.Begin(Working);
    }

    /// <summary>Keys that wait for a worker (not those in work or delayed).</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    public void Add(TKey key)
    {
        lock (_lock)
        {
            if (_dirty.Add(key) && !_inFlight.ContainsKey(key))
            {
                Enqueue(key);
            }
        }
    }

    /// <summary>Adds the key when the time has passed, unless an earlier time is already set for it.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        var seconds = Math.Min(delay.TotalSeconds, LongestDelay.TotalSeconds);
        lock (_lock)
        {
            _delayed.Add(key, _time.GetTimestamp() + (long)(seconds * _time.TimestampFrequency));
            SetTimer();
        }
    }

    /// <summary>Adds the key again after a failure, later each time until <see cref="Forget"/>.</summary>
    public void AddRateLimited(TKey key)
    {
        TimeSpan delay;
        lock (_lock)
        {
            delay = _retries.Next(key);
            _observer?.Retried();
        }

        AddAfter(key, delay);
    }

    /// <summary>The key succeeded, or is given up: its next failure starts with the shortest wait.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _retries.Forget(key);
        }
    }

    /// <summary>How often <see cref="AddRateLimited"/> was called for the key since it was forgotten.</summary>
    public int Failures(TKey key)
    {
        lock (_lock)
        {
            return _retries.Failures(key);
        }
    }

    /// <summary>Takes a key. Whoever takes it must call <see cref="Done"/>.</summary>
    public async Task<TKey> TakeAsync(CancellationToken cancellationToken)
    {
        await _available.WaitAsync(cancellationToken);
        lock (_lock)
        {
            var key = _ready.Dequeue();
            _dirty.Remove(key);
            var now = _time.GetTimestamp();
            _inFlight.Add(key, now);
            if (_observer is not null && _addedAt.Remove(key, out var added))
            {
                _observer.Taken(_ready.Count, _time.GetElapsedTime(added, now));
            }

            return key;
        }
    }

    /// <summary>The work on the key is over, well or not.</summary>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (_inFlight.Remove(key, out var started))
            {
                _observer?.Done(_time.GetElapsedTime(started));
            }

            if (_dirty.Contains(key))
            {
                Enqueue(key);
            }
        }
    }

    /// <summary>Works on keys with this many workers until cancelled. What <paramref name="work"/> throws ends the queue's run.</summary>
    public async Task RunAsync(int workers, Func<TKey, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(work, stop.Token), CancellationToken.None)).ToList();
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
        _available.Dispose();
    }

    private async Task WorkAsync(Func<TKey, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            TKey key;
            try
            {
                key = await TakeAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await work(key, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                Done(key);
            }
        }
    }

    private (TimeSpan All, TimeSpan Longest) Working()
    {
        lock (_lock)
        {
            var (all, longest) = (TimeSpan.Zero, TimeSpan.Zero);
            foreach (var started in _inFlight.Values)
            {
                var worked = _time.GetElapsedTime(started);
                all += worked;
                longest = worked > longest ? worked : longest;
            }

            return (all, longest);
        }
    }

    private void Enqueue(TKey key)
    {
        if (!_disposed)
        {
            _ready.Enqueue(key);
            if (_observer is not null)
            {
                _addedAt[key] = _time.GetTimestamp();
                _observer.Added(_ready.Count);
            }

            _available.Release();
        }
    }

    private void AddDue()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            foreach (var key in _delayed.TakeDue(_time.GetTimestamp()))
            {
                Add(key);
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (!_disposed && _delayed.NextDue is { } due)
        {
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
            // Rounded up to the timer's millisecond, or it would fire before the key is due and be set again at once.
            var milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, LongestTimer.TotalMilliseconds);
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }
}
