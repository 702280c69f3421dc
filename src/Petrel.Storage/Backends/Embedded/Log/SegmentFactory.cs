using Petrel.Storage.Backends.Embedded.Files;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>
/// Makes log files: from a spare one when there is one, because blocks that were written before are the fastest to
/// write, else newly allocated, so that space runs out here and not in the middle of a frame.
/// </summary>
internal sealed class SegmentFactory(IStoreFiles files, int segmentBytes, IEnumerable<string> spares)
{
    /// <summary>Spare files that are kept; further ones are deleted.</summary>
    private const int SpareLimit = 2;

    private readonly Queue<string> _spares = new(spares);

    /// <summary>Bytes of the spare files.</summary>
    public long SpareBytes
    {
        get
        {
            lock (_spares)
            {
                return (long)_spares.Count * segmentBytes;
            }
        }
    }

    /// <summary>Makes a segment. When this returns it is durable under its name and empty.</summary>
    public IStoreFile Make(SegmentHeader header)
    {
        var name = StoreFileNames.Log(header.Sequence);
        var temporary = name + StoreFileNames.TemporarySuffix;
        var file = Reuse(temporary) ?? files.Create(temporary, segmentBytes);
        try
        {
            // The header and, after it, the terminator in the place of the first frame.
            var block = new byte[SegmentHeader.Size + FrameHeader.Size];
            header.Write(block.AsSpan(0, SegmentHeader.Size));
            file.Write(block, 0);
            file.Sync();
            files.Rename(temporary, name);
            files.SyncDirectory();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes a segment out of the log. Durable after the next sync of the directory.</summary>
    public void Retire(long sequence)
    {
        lock (_spares)
        {
            if (_spares.Count >= SpareLimit)
            {
                files.Delete(StoreFileNames.Log(sequence));
                return;
            }

            files.Rename(StoreFileNames.Log(sequence), StoreFileNames.Spare(sequence));
            _spares.Enqueue(StoreFileNames.Spare(sequence));
        }
    }

    private IStoreFile? Reuse(string temporary)
    {
        lock (_spares)
        {
            if (!_spares.TryPeek(out var spare))
            {
                return null;
            }

            files.Rename(spare, temporary);
            _spares.Dequeue();
        }

        var file = files.Open(temporary);
        if (file.Length == segmentBytes)
        {
            return file;
        }

        // Left from a time with another segment size.
        file.Dispose();
        return null;
    }
}
