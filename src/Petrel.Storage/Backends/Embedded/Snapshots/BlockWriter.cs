using System.Buffers.Binary;
using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>Gathers entries into checksummed blocks: length of the content (4 bytes), checksum (4), content.</summary>
internal sealed class BlockWriter(IStoreFile file, long offset)
{
    /// <summary>Bytes before the content of a block.</summary>
    public const int HeaderSize = 8;

    /// <summary>Size of a block, unless one entry alone is larger.</summary>
    public const int UsualSize = 1 << 20;

    /// <summary>Bytes between syncs: one sync of everything at the end would hold up the log's syncs meanwhile.</summary>
    private const int SyncInterval = 8 << 20;

    private byte[] _bytes = new byte[UsualSize];
    private int _length = HeaderSize;
    private int _unsynced;

    public long Offset { get; private set; } = offset;

    /// <summary>Room for an entry, which is never spread over two blocks.</summary>
    public Span<byte> Extend(int size)
    {
        if (_length + size > _bytes.Length)
        {
            Flush();
            if (HeaderSize + size > _bytes.Length)
            {
                _bytes = new byte[HeaderSize + size];
            }
        }

        _length += size;
        return _bytes.AsSpan(_length - size, size);
    }

    public void Flush()
    {
        if (_length == HeaderSize)
        {
            return;
        }

        BinaryPrimitives.WriteInt32LittleEndian(_bytes, _length - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(4), Crc32C.Compute(_bytes.AsSpan(HeaderSize, _length - HeaderSize)));
        file.Write(_bytes.AsSpan(0, _length), Offset);
        Offset += _length;
        _unsynced += _length;
        _length = HeaderSize;
        if (_unsynced >= SyncInterval)
        {
            file.Sync();
            _unsynced = 0;
        }
    }
}
