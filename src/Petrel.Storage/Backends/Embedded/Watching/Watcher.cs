using Petrel.Storage.Backends.Embedded.History;

namespace Petrel.Storage.Backends.Embedded.Watching;

/// <summary>
/// One watch: reads the history up to the revision at which it joined its topic, then the topic from there. Its lock
/// is taken inside the hub's, never the other way round.
/// </summary>
internal sealed class Watcher : IWatch
{
    /// <summary>A batch from history is closed at the end of the revision in which it reaches this many events.</summary>
    private const int HistoryBatchEvents = 256;

    /// <summary>Events of other keys that are passed over before the lock is given back.</summary>
    private const int HistoryScanEvents = 8_192;

    private readonly Lock _gate = new();
    private readonly WatchHub _hub;
    private readonly Topic? _topic;
    private readonly WakeSignal _signal = new();
    private readonly CancellationTokenSource _overtaken = new();
    private readonly long _joinedAt;
    private readonly long _from;
    private EventCursor? _history;
    private EventCursor _live;
    private long _consumed;
    private long _delivered;
    private long? _progressTarget;
    private WatchBatch? _end;

    /// <summary>A watch that is over before it began.</summary>
    public Watcher(WatchHub hub, long from, WatchBatch end)
    {
        _hub = hub;
        _from = from;
        _end = end;
    }

    public Watcher(WatchHub hub, Topic topic, long from, EventCursor? history, long joinedAt)
    {
        _hub = hub;
        _topic = topic;
        _from = from;
        _history = history;
        _joinedAt = joinedAt;
        _delivered = from - 1;
        _live = topic.End;
        _consumed = topic.Appended;
    }

    public CancellationToken Overtaken => _overtaken.Token;

    public async ValueTask<WatchBatch> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(out var hasMore) is { } batch)
            {
                return batch;
            }

            if (hasMore)
            {
                continue;
            }

            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void RequestProgress()
    {
        var target = _hub.StoreRevision;
        lock (_gate)
        {
            _progressTarget = target;
        }

        _hub.AwaitRevision(this, target);
    }

    public void Dispose()
    {
        End(WatchBatchKind.Closed);
        if (_topic is not null)
        {
            _hub.Remove(this, _topic);
        }
    }

    public void Wake() => _signal.Set();

    /// <summary>The topic has new events. Ends the watch when it is too far behind.</summary>
    public void Notify(long appended, int backlogLimit)
    {
        if (appended - Volatile.Read(ref _consumed) > backlogLimit)
        {
            End(WatchBatchKind.Overflowed);
            BeOvertaken();
        }
        else
        {
            _signal.Set();
        }
    }

    public void End(WatchBatchKind kind)
    {
        lock (_gate)
        {
            _end ??= new WatchBatch(kind, _delivered, default);
            ReleaseEvents();
        }

        _signal.Set();
    }

    /// <summary>Ends a watch that still has to read revisions up to the compacted one; true when it no longer reads history.</summary>
    public bool EndIfBehind(long compacted)
    {
        lock (_gate)
        {
            if (_end is null && _history is not null && _delivered < compacted)
            {
                _end = new WatchBatch(WatchBatchKind.Compacted, compacted, default);
                ReleaseEvents();
                _signal.Set();
                BeOvertaken();
            }

            return _history is null;
        }
    }

    /// <summary>Tells the reader, whose answer to that must not hold up the hub, which has its lock.</summary>
    private void BeOvertaken() => _ = _overtaken.CancelAsync();

    private WatchBatch? TryTake(out bool hasMore)
    {
        lock (_gate)
        {
            var batch = _end ?? TakeHistory();
            hasMore = batch is null && _history is not null;
            return hasMore ? null : batch ?? TakeLiveOrProgress();
        }
    }

    private WatchBatch? TakeHistory()
    {
        if (_history is not { } cursor)
        {
            return null;
        }

        var events = new List<StoreEvent>();
        for (var scanned = 0; cursor.TryRead(out var next, out var behind) && next.Revision <= _joinedAt; scanned++)
        {
            if ((events.Count >= HistoryBatchEvents || scanned >= HistoryScanEvents) && next.Revision > _delivered)
            {
                _history = cursor;
                return events.Count > 0 ? Deliver(events.ToArray()) : null;
            }

            if (_topic!.Range.Contains(next.Key))
            {
                events.Add(next);
            }

            _delivered = next.Revision;
            cursor = behind;
        }

        _history = null;
        _delivered = Math.Max(_delivered, _joinedAt);
        return events.Count > 0 ? Deliver(events.ToArray()) : null;
    }

    private WatchBatch? TakeLiveOrProgress()
    {
        // Read before the topic is: an empty topic then means that everything up to this revision has been delivered.
        var reached = _hub.Revision;
        if (TakeLive() is { } batch)
        {
            return batch;
        }

        if (_progressTarget is not { } target || reached < target)
        {
            return null;
        }

        _progressTarget = null;
        return new WatchBatch(WatchBatchKind.Progress, reached, default);
    }

    private WatchBatch? TakeLive()
    {
        while (true)
        {
            var (chunk, index) = _live.Normalized();
            var count = chunk.Count - index;
            if (count == 0)
            {
                return null;
            }

            var events = chunk.Slice(index, count);
            _live = new EventCursor(chunk, index + count);
            Volatile.Write(ref _consumed, _consumed + count);
            events = events[CountBefore(events.Span, _from)..];
            if (!events.IsEmpty)
            {
                _delivered = events.Span[^1].Revision;
                return Deliver(events);
            }
        }
    }

    private WatchBatch Deliver(ReadOnlyMemory<StoreEvent> events) => new(WatchBatchKind.Events, _delivered, events);

    private void ReleaseEvents()
    {
        _history = null;
        _live = default;
    }

    private static int CountBefore(ReadOnlySpan<StoreEvent> events, long revision)
    {
        var count = 0;
        while (count < events.Length && events[count].Revision < revision)
        {
            count++;
        }

        return count;
    }
}
