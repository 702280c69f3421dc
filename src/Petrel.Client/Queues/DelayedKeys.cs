namespace Petrel.Client.Queues;

/// <summary>Keys that become due later; of several times for one key the earliest counts. Guarded by its queue.</summary>
internal sealed class DelayedKeys<TKey> where TKey : notnull
{
    private readonly PriorityQueue<TKey, long> _order = new();
    private readonly Dictionary<TKey, long> _due = [];

    /// <summary>When the next key is due, in timestamps of the queue's clock; null when none waits.</summary>
    public long? NextDue => _order.TryPeek(out _, out var due) ? due : null;

    public void Add(TKey key, long due)
    {
        if (_due.TryGetValue(key, out var present) && present <= due)
        {
            return;
        }

        _due[key] = due;
        _order.Enqueue(key, due);
    }

    public List<TKey> TakeDue(long now)
    {
        var taken = new List<TKey>();
        while (_order.TryPeek(out var key, out var due) && due <= now)
        {
            _order.Dequeue();
            // An entry that was overtaken by an earlier time for the same key has been taken already.
            if (_due.TryGetValue(key, out var current) && current == due)
            {
                _due.Remove(key);
                taken.Add(key);
            }
        }

        return taken;
    }
}
