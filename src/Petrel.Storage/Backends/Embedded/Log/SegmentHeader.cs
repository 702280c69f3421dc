using System.Buffers.Binary;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>The first block of a log file.</summary>
/// <param name="StoreId">The store it belongs to, so that files of two stores are never mixed.</param>
/// <param name="Sequence">Position in the log, from 1.</param>
/// <param name="FirstRevision">The revision that the first change in the file makes.</param>
internal readonly record struct SegmentHeader(Guid StoreId, long Sequence, long FirstRevision)
{
    /// <summary>A block of the file system, so that the header is never rewritten together with frames.</summary>
    public const int Size = 4096;

    /// <summary>Raised by every change of the format of segments, frames or records.</summary>
    public const uint FormatVersion = 1;

    private const int ChecksumOffset = 48;

    /// <summary>
    /// Enters the checksum of every frame. It depends on the random identity of the store, so that no client can make a
    /// value that looks like a frame.
    /// </summary>
    public uint ChecksumSeed
    {
        get
        {
            Span<byte> identity = stackalloc byte[24];
            StoreId.TryWriteBytes(identity);
            BinaryPrimitives.WriteInt64LittleEndian(identity[16..], Sequence);
            return Crc32C.Compute(identity);
        }
    }

    private static ReadOnlySpan<byte> Magic => "PETRLLOG"u8;

    /// <summary>Magic (8 bytes), format version (4), zero (4), store (16), sequence (8), first revision (8), checksum (4), zeros.</summary>
    public void Write(Span<byte> block)
    {
        block.Clear();
        Magic.CopyTo(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], FormatVersion);
        StoreId.TryWriteBytes(block[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(block[32..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(block[40..], FirstRevision);
        BinaryPrimitives.WriteUInt32LittleEndian(block[ChecksumOffset..], Crc32C.Compute(block[..ChecksumOffset]));
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="StoreCorruptException">It is damaged, or of a format that this program does not know.</exception>
    public static SegmentHeader Read(ReadOnlySpan<byte> block, string path)
    {
        if (block.Length < Size || !block.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(block[ChecksumOffset..]) != Crc32C.Compute(block[..ChecksumOffset]))
        {
            throw new StoreCorruptException(path, 0, "its header is damaged");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        if (version != FormatVersion)
        {
            throw new StoreCorruptException(path, 8, $"its format is version {version} and this program reads version {FormatVersion}");
        }

        return new SegmentHeader(
            new Guid(block.Slice(16, 16)), BinaryPrimitives.ReadInt64LittleEndian(block[32..]), BinaryPrimitives.ReadInt64LittleEndian(block[40..]));
    }
}
