namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>Where the committer makes its batches durable.</summary>
internal interface ICommitLog : IDisposable
{
    /// <summary>Bytes on the medium.</summary>
    long Bytes { get; }

    /// <summary>
    /// Returns when the frame is durable. When it throws, the frame does not count: the next one takes its place.
    /// </summary>
    /// <param name="frame">The records.</param>
    /// <param name="firstRevision">The revision that the first change in the frame makes or would make.</param>
    /// <exception cref="IOException">The medium failed.</exception>
    void Append(FrameBuffer frame, long firstRevision);
}
