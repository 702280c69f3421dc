namespace Petrel.Storage.Backends.Embedded.History;

/// <summary>A reader's place in a list of chunks: the next event to read is <paramref name="Index"/> of <paramref name="Chunk"/>.</summary>
internal readonly record struct EventCursor(EventChunk Chunk, int Index)
{
    /// <summary>The place of the next event if there is one: at the end of a finished chunk that is the start of the following one.</summary>
    public EventCursor Normalized()
    {
        var cursor = this;
        // The link is read before the count: a chunk that has a follower has its final count.
        while (cursor.Chunk.Next is { } next && cursor.Index == cursor.Chunk.Count)
        {
            cursor = new EventCursor(next, 0);
        }

        return cursor;
    }

    /// <summary>The next event and the place behind it, or false at the end of the list.</summary>
    public bool TryRead(out StoreEvent next, out EventCursor behind)
    {
        var (chunk, index) = Normalized();
        if (index == chunk.Count)
        {
            (next, behind) = (default, new EventCursor(chunk, index));
            return false;
        }

        (next, behind) = (chunk[index], new EventCursor(chunk, index + 1));
        return true;
    }
}
