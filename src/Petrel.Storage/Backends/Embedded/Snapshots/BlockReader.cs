using System.Buffers.Binary;
using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>Reads what <see cref="BlockWriter"/> wrote.</summary>
internal sealed class BlockReader(IStoreFile file, string path, long offset)
{
    private byte[] _bytes = new byte[BlockWriter.UsualSize];
    private int _length;
    private int _position;

    /// <summary>The next bytes of the current block, or of the next one when that is used up. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int size)
    {
        if (_position == _length)
        {
            ReadBlock();
        }

        if (size < 0 || size > _length - _position)
        {
            throw new StoreCorruptException(path, offset, "an entry is longer than its block");
        }

        _position += size;
        return _bytes.AsSpan(_position - size, size);
    }

    public void ExpectEnd()
    {
        if (_position != _length || file.Length != offset)
        {
            throw new StoreCorruptException(path, offset, "there is more data than the header says");
        }
    }

    private void ReadBlock()
    {
        Span<byte> header = stackalloc byte[BlockWriter.HeaderSize];
        var complete = file.Read(header, offset) == BlockWriter.HeaderSize;
        _length = complete ? BinaryPrimitives.ReadInt32LittleEndian(header) : 0;
        if (_length <= 0 || _length > file.Length - offset - BlockWriter.HeaderSize)
        {
            throw new StoreCorruptException(path, offset, "a block is missing or cut off");
        }

        if (_bytes.Length < _length)
        {
            _bytes = new byte[_length];
        }

        var read = file.Read(_bytes.AsSpan(0, _length), offset + BlockWriter.HeaderSize);
        if (read != _length || BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != Crc32C.Compute(_bytes.AsSpan(0, _length)))
        {
            throw new StoreCorruptException(path, offset, "a block has a wrong checksum");
        }

        offset += BlockWriter.HeaderSize + _length;
        _position = 0;
    }
}
