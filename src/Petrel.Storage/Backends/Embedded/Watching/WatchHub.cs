using Petrel.Storage.Backends.Embedded.History;

namespace Petrel.Storage.Backends.Embedded.Watching;

/// <summary>
/// Carries published events from the history to the topics and wakes their watches. It runs on the thread pool, at
/// most once at a time, so that neither writers nor the committer ever wait for watches.
/// </summary>
internal sealed class WatchHub(StoreState state, int backlogLimit) : IThreadPoolWorkItem
{
    private const int UnwatchedLag = 1024;

    private readonly Lock _gate = new();
    private readonly TopicIndex _topics = new();
    private readonly List<Topic> _touched = [];
    private readonly HashSet<Watcher> _catchingUp = [];
    private readonly HashSet<Watcher> _awaitingProgress = [];
    private EventCursor _cursor = state.History.End;
    private long _revision = state.View.Revision;
    private long _compacted = state.View.CompactedRevision;
    private int _watcherCount;
    private int _scheduled;
    private bool _closed;

    /// <summary>Every event up to this revision is in its topics.</summary>
    public long Revision => Volatile.Read(ref _revision);

    public long StoreRevision => state.View.Revision;

    /// <summary>Says that the history has grown or was compacted.</summary>
    public void Signal()
    {
        // Without watches there is nothing to do, except to let go of the events passed over now and then. The barrier
        // keeps the look at the count behind the publication of what is signalled: Open does the two the other way round.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _watcherCount) == 0 && state.History.Revision - Revision < UnwatchedLag)
        {
            return;
        }

        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public void Execute()
    {
        Volatile.Write(ref _scheduled, 0);
        lock (_gate)
        {
            Pump();
            foreach (var watcher in _awaitingProgress)
            {
                watcher.Wake();
            }

            _awaitingProgress.Clear();
        }
    }

    public Watcher Open(WatchRequest request)
    {
        // What is published by now is over for a watch from now on, even where the topics do not have it yet.
        var from = request.FromRevision > 0 ? request.FromRevision : state.View.Revision + 1;
        lock (_gate)
        {
            if (_closed)
            {
                return new Watcher(this, from, new WatchBatch(WatchBatchKind.Closed, from - 1, default));
            }

            // Counted first: what is published from here on is signalled, what was before is pumped here.
            Interlocked.Increment(ref _watcherCount);
            Pump();
            EventCursor? history = null;
            if (from <= _revision)
            {
                history = state.History.Find(from);
            }

            if (from <= state.View.CompactedRevision)
            {
                Interlocked.Decrement(ref _watcherCount);
                return new Watcher(this, from, new WatchBatch(WatchBatchKind.Compacted, state.View.CompactedRevision, default));
            }

            var topic = _topics.GetOrAdd(request.Range);
            var watcher = new Watcher(this, topic, from, history, _revision);
            topic.Watchers.Add(watcher);
            if (history is not null)
            {
                _catchingUp.Add(watcher);
            }

            return watcher;
        }
    }

    public void Remove(Watcher watcher, Topic topic)
    {
        lock (_gate)
        {
            _catchingUp.Remove(watcher);
            _awaitingProgress.Remove(watcher);
            if (topic.Watchers.Remove(watcher))
            {
                Interlocked.Decrement(ref _watcherCount);
                if (topic.Watchers.Count == 0)
                {
                    _topics.Remove(topic);
                }
            }
        }
    }

    /// <summary>Wakes the watch after the next round, or now when the topics have reached the revision already.</summary>
    public void AwaitRevision(Watcher watcher, long revision)
    {
        lock (_gate)
        {
            if (_revision >= revision || _closed)
            {
                watcher.Wake();
            }
            else
            {
                _awaitingProgress.Add(watcher);
            }
        }
    }

    /// <summary>Ends all watches, and those opened later at once.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Pump();
            _closed = true;
            foreach (var topic in _topics.All())
            {
                foreach (var watcher in topic.Watchers)
                {
                    watcher.End(WatchBatchKind.Closed);
                }
            }
        }
    }

    private void Pump()
    {
        var through = state.History.Revision;
        EndCompacted();
        while (_cursor.TryRead(out var next, out var behind) && next.Revision <= through)
        {
            _topics.Stage(next, _touched);
            _cursor = behind;
        }

        foreach (var topic in _touched)
        {
            topic.Publish();
        }

        // After the topics have the events: a watch that has read its topic to the end has everything up to this revision.
        Volatile.Write(ref _revision, Math.Max(_revision, through));
        foreach (var topic in _touched)
        {
            foreach (var watcher in topic.Watchers)
            {
                watcher.Notify(topic.Appended, backlogLimit);
            }
        }

        _touched.Clear();
    }

    /// <summary>A watch still reading history that is no longer kept would keep it in memory for as long as it likes.</summary>
    private void EndCompacted()
    {
        var compacted = state.View.CompactedRevision;
        if (compacted > _compacted)
        {
            _compacted = compacted;
            _catchingUp.RemoveWhere(watcher => watcher.EndIfBehind(compacted));
        }
    }
}
