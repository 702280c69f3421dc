using Petrel.Storage.Backends.Embedded.Index;

namespace Petrel.Storage.Backends.Embedded.History;

/// <summary>
/// Every event after the compacted revision, and from them the tree of any of those revisions: trees are kept at
/// intervals and the ones between are made by replaying events onto the nearest earlier one.
/// </summary>
internal sealed class EventHistory
{
    private const int ChunkCapacity = 256;

    /// <summary>Events between kept trees. Replaying this many takes about a millisecond.</summary>
    private const int TreeInterval = 4096;

    /// <summary>Recently made trees that are kept, because a paged list asks for the same revision again and again.</summary>
    private const int RecentTreeLimit = 8;

    private readonly Lock _gate = new();
    private readonly List<(long FirstRevision, EventChunk Chunk)> _chunks = [];
    private readonly List<(long Revision, KeyTree Tree)> _trees = [];
    private readonly List<(long Revision, KeyTree Tree)> _recent = [];
    private EventChunk _tail = new(ChunkCapacity);
    private int _eventsSinceTree;
    private long _revision;

    /// <summary>Starts a history that reaches back to one revision, with its tree.</summary>
    public EventHistory(long revision, KeyTree tree)
    {
        _revision = revision;
        _chunks.Add((revision + 1, _tail));
        _trees.Add((revision, tree));
    }

    /// <summary>The revision up to which all events are there.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>The place behind all events: where a reader of new events starts.</summary>
    public EventCursor End
    {
        get
        {
            lock (_gate)
            {
                return new EventCursor(_tail, _tail.Count);
            }
        }
    }

    /// <summary>Adds the events of one or more whole revisions that lead to <paramref name="tree"/> at <paramref name="revision"/>.</summary>
    public void Append(ReadOnlySpan<StoreEvent> events, long revision, KeyTree tree)
    {
        lock (_gate)
        {
            _eventsSinceTree += events.Length;
            while (events.Length > 0)
            {
                if (_tail.Count == _tail.Capacity)
                {
                    var next = new EventChunk(ChunkCapacity);
                    _chunks.Add((events[0].Revision, next));
                    _tail.Link(next);
                    _tail = next;
                }

                events = events[_tail.Append(events)..];
            }

            if (_eventsSinceTree >= TreeInterval)
            {
                _trees.Add((revision, tree));
                _eventsSinceTree = 0;
            }
        }

        // Last: a reader that stays within this revision never sees a revision by halves.
        Volatile.Write(ref _revision, revision);
    }

    /// <summary>The place of the first event whose revision is at least <paramref name="revision"/>; null when that is compacted.</summary>
    public EventCursor? Find(long revision)
    {
        EventCursor cursor;
        lock (_gate)
        {
            if (revision <= _trees[0].Revision)
            {
                return null;
            }

            // The last chunk that starts before the revision: one revision may begin in one chunk and end in the next.
            var index = _chunks.FindLastIndex(chunk => chunk.FirstRevision < revision);
            cursor = new EventCursor(_chunks[Math.Max(index, 0)].Chunk, 0);
        }

        while (cursor.TryRead(out var next, out var behind) && next.Revision < revision)
        {
            cursor = behind;
        }

        return cursor;
    }

    /// <summary>The keys as of a past revision, or null when it has been compacted. The caller knows that it has happened.</summary>
    public KeyTree? TreeAt(long revision)
    {
        (long Revision, KeyTree Tree) nearest;
        lock (_gate)
        {
            if (revision < _trees[0].Revision)
            {
                return null;
            }

            nearest = _trees[_trees.FindLastIndex(tree => tree.Revision <= revision)];
            foreach (var tree in _recent)
            {
                nearest = tree.Revision <= revision && tree.Revision > nearest.Revision ? tree : nearest;
            }
        }

        return nearest.Revision == revision ? nearest.Tree : Replay(nearest.Revision, nearest.Tree, revision);
    }

    /// <summary>Forgets what came before a revision; its tree becomes the oldest one.</summary>
    public void Compact(long revision)
    {
        var oldest = TreeAt(revision);
        if (oldest is null)
        {
            return;
        }

        lock (_gate)
        {
            _trees.RemoveAll(tree => tree.Revision <= revision);
            _recent.RemoveAll(tree => tree.Revision <= revision);
            _trees.Insert(0, (revision, oldest));
            var firstKept = _chunks.FindLastIndex(chunk => chunk.FirstRevision <= revision);
            _chunks.RemoveRange(0, Math.Max(firstKept, 0));
        }
    }

    private KeyTree? Replay(long from, KeyTree tree, long revision)
    {
        if (Find(from + 1) is not { } cursor)
        {
            return null;
        }

        var editor = new KeyTreeEditor(tree);
        while (cursor.TryRead(out var next, out cursor) && next.Revision <= revision)
        {
            editor.Apply(next);
        }

        var result = editor.ToTree();
        lock (_gate)
        {
            if (revision > _trees[0].Revision)
            {
                _recent.Add((revision, result));
                _recent.RemoveRange(0, Math.Max(0, _recent.Count - RecentTreeLimit));
            }
        }

        return result;
    }
}
