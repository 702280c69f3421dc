using System.Runtime.InteropServices;
using Petrel.Storage.Backends.Embedded.History;

namespace Petrel.Storage.Backends.Embedded.Watching;

/// <summary>
/// The live events of one range, kept once for all watches of that range: each has a cursor into the same list, so
/// a thousand watches of a prefix cost one append. Guarded by <see cref="WatchHub"/>.
/// </summary>
internal sealed class Topic(KeyRange range)
{
    private const int FirstChunkCapacity = 4;
    private const int LargestChunkCapacity = 256;

    private readonly List<StoreEvent> _staged = [];
    private EventChunk _tail = new(0);

    public KeyRange Range { get; } = range;

    public List<Watcher> Watchers { get; } = [];

    /// <summary>Events appended since the topic exists.</summary>
    public long Appended { get; private set; }

    /// <summary>True between <see cref="Stage"/> and <see cref="Publish"/>.</summary>
    public bool IsStaged => _staged.Count > 0;

    /// <summary>The place of the next event.</summary>
    public EventCursor End => new(_tail, _tail.Count);

    public void Stage(in StoreEvent change) => _staged.Add(change);

    /// <summary>
    /// Appends what was staged, which is whole revisions, and wakes the watches. It goes into one chunk: a reader takes
    /// what a chunk has, and must not get a revision by halves.
    /// </summary>
    public void Publish()
    {
        if (_tail.Capacity - _tail.Count < _staged.Count)
        {
            var usual = Math.Clamp(_tail.Capacity * 2, FirstChunkCapacity, LargestChunkCapacity);
            var next = new EventChunk(Math.Max(usual, _staged.Count));
            next.Append(CollectionsMarshal.AsSpan(_staged));
            _tail.Link(next);
            _tail = next;
        }
        else
        {
            _tail.Append(CollectionsMarshal.AsSpan(_staged));
        }

        Appended += _staged.Count;
        _staged.Clear();
        _staged.Capacity = Math.Min(_staged.Capacity, LargestChunkCapacity);
    }
}
