using Petrel.Storage.Backends.Embedded.Files;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>The log as a sequence of files, the last of which is being written.</summary>
internal sealed class SegmentLog : ICommitLog
{
    private readonly SegmentFactory _factory;
    private readonly Lock _gate = new();

    // Shared with whoever drops old segments, so only touched under the lock. All else belongs to the committer.
    private readonly List<Segment> _segments;
    private SegmentHeader _activeHeader;
    private IStoreFile _active;
    private long _offset;

    // True from before a write until its sync has succeeded: the bytes behind the offset may be anything.
    private bool _tailUncertain;

    // Once a frame was found not to fit, nothing more goes into the file: the next one may exist already.
    private bool _activeFull;

    /// <param name="factory">Makes further segments.</param>
    /// <param name="segments">The log in order; the last one is continued.</param>
    /// <param name="active">The file of the last segment.</param>
    /// <param name="offset">Where its next frame goes.</param>
    public SegmentLog(SegmentFactory factory, IEnumerable<Segment> segments, IStoreFile active, long offset)
    {
        _factory = factory;
        _segments = [.. segments];
        _activeHeader = _segments[^1].Header;
        _active = active;
        _offset = offset;
    }

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Sum(segment => segment.Bytes) + _factory.SpareBytes;
            }
        }
    }

    public void Append(FrameBuffer frame, long firstRevision)
    {
        var bytes = frame.WithTerminator();
        if (_activeFull || _offset + bytes.Length > _active.Length)
        {
            _activeFull = true;
            Switch(firstRevision);
        }

        var header = new FrameHeader(_activeHeader.Sequence, firstRevision, frame.PayloadLength);
        header.Write(frame.Header, frame.Payload, _activeHeader.ChecksumSeed);
        try
        {
            _tailUncertain = true;
            _active.Write(bytes, _offset);
            _active.Sync();
        }
        catch (IOException)
        {
            TryTerminate();
            throw;
        }

        _tailUncertain = false;
        _offset += header.FrameLength;
    }

    /// <summary>Bytes of the files that hold nothing after a revision.</summary>
    public long BytesThrough(long revision)
    {
        lock (_gate)
        {
            return _segments.Take(CountThrough(revision)).Sum(segment => segment.Bytes);
        }
    }

    /// <summary>Retires the files that hold nothing after a revision, oldest first, so that a crash leaves no gap.</summary>
    public void DropThrough(long revision)
    {
        lock (_gate)
        {
            for (var count = CountThrough(revision); count > 0; count--)
            {
                _factory.Retire(_segments[0].Header.Sequence);
                _segments.RemoveAt(0);
            }
        }
    }

    public void Dispose() => _active.Dispose();

    private int CountThrough(long revision)
    {
        var count = 0;
        while (count + 1 < _segments.Count && _segments[count + 1].Header.FirstRevision <= revision + 1)
        {
            count++;
        }

        return count;
    }

    private void Switch(long firstRevision)
    {
        if (_tailUncertain)
        {
            Terminate();
        }

        var header = _activeHeader with { Sequence = _activeHeader.Sequence + 1, FirstRevision = firstRevision };
        var file = _factory.Make(header);
        _active.Dispose();
        _active = file;
        _activeHeader = header;
        _offset = SegmentHeader.Size;
        _activeFull = false;
        lock (_gate)
        {
            _segments.Add(new Segment(header, file.Length));
        }
    }

    /// <summary>Ends the log at the offset, whatever a failed write left there.</summary>
    private void Terminate()
    {
        _active.Write(new byte[FrameHeader.Size], _offset);
        _active.Sync();
        _tailUncertain = false;
    }

    private void TryTerminate()
    {
        try
        {
            Terminate();
        }
        catch (IOException)
        {
            // The failure that is being reported already is the same one. The tail stays uncertain: the next frame
            // overwrites it, and before a switch of files it is terminated for certain.
        }
    }
}
