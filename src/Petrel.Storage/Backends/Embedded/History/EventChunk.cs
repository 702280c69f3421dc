namespace Petrel.Storage.Backends.Embedded.History;

/// <summary>
/// A fixed run of events in a singly linked list with one writer and any number of readers. Readers hold a chunk and
/// a position; a chunk lives as long as the history or some reader refers to it or to an earlier one.
/// </summary>
internal sealed class EventChunk(int capacity)
{
    private readonly StoreEvent[] _events = new StoreEvent[capacity];
    private int _count;
    private EventChunk? _next;

    public int Capacity => _events.Length;

    /// <summary>Events that readers may look at; it only grows.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The following chunk. Once it is there, this chunk no longer grows.</summary>
    public EventChunk? Next => Volatile.Read(ref _next);

    public ref readonly StoreEvent this[int index] => ref _events[index];

    public ReadOnlyMemory<StoreEvent> Slice(int start, int length) => _events.AsMemory(start, length);

    /// <summary>Adds what fits and says how much that was. Only the writer calls this.</summary>
    public int Append(ReadOnlySpan<StoreEvent> events)
    {
        var count = Math.Min(events.Length, _events.Length - _count);
        events[..count].CopyTo(_events.AsSpan(_count));
        Volatile.Write(ref _count, _count + count);
        return count;
    }

    public void Link(EventChunk next) => Volatile.Write(ref _next, next);
}
