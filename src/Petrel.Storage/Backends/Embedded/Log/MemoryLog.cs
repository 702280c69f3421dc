namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>The log of a store that is meant to be forgotten with its process.</summary>
internal sealed class MemoryLog : ICommitLog
{
    public long Bytes => 0;

    public void Append(FrameBuffer frame, long firstRevision)
    {
    }

    public void Dispose()
    {
    }
}
