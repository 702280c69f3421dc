namespace Petrel.Scheduler.Queue;

/// <summary>
/// Events since the oldest attempt that is under way, so that a pod which fails does not miss what happened meanwhile. Guarded
/// by its queue.
/// </summary>
internal sealed class EventLog
{
    // When more come during one attempt, the pod is tried again instead of asking about each.
    private const int EventsMax = 4096;

    private readonly Queue<ClusterEvent> _events = new();
    private int _attempts;
    private long _first;

    /// <summary>An attempt begins; returns the number of the first event after it.</summary>
    public long Begin()
    {
        _attempts++;
        return _first + _events.Count;
    }

    public void End()
    {
        if (--_attempts == 0)
        {
            _first += _events.Count;
            _events.Clear();
        }
    }

    public void Add(ClusterEvent change)
    {
        if (_attempts == 0)
        {
            return;
        }

        if (_events.Count == EventsMax)
        {
            _events.Dequeue();
            _first++;
        }

        _events.Enqueue(change);
    }

    /// <summary>The events from a number on; null when they are no longer all known.</summary>
    public IEnumerable<ClusterEvent>? Since(long number) => number < _first ? null : _events.Skip((int)(number - _first));
}
