using System.Buffers.Binary;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>The start of a snapshot file: all keys as of one revision, and the leases.</summary>
/// <param name="StoreId">The store it belongs to.</param>
/// <param name="Revision">The revision, which is also the oldest that can be read once the log before it is gone.</param>
/// <param name="KeyCount">Number of keys in the file.</param>
/// <param name="LeaseCount">Number of leases in the file.</param>
internal readonly record struct SnapshotHeader(Guid StoreId, long Revision, long KeyCount, long LeaseCount)
{
    public const int Size = 64;

    /// <summary>Raised by every change of the format.</summary>
    public const uint FormatVersion = 1;

    private const int ChecksumOffset = 56;

    private static ReadOnlySpan<byte> Magic => "PETRLSNP"u8;

    /// <summary>Magic (8 bytes), format version (4), zero (4), store (16), revision (8), keys (8), leases (8), checksum (4), zero (4).</summary>
    public void Write(Span<byte> header)
    {
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], FormatVersion);
        StoreId.TryWriteBytes(header[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], Revision);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], KeyCount);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], LeaseCount);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], Crc32C.Compute(header[..ChecksumOffset]));
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="StoreCorruptException">It is damaged, or of a format that this program does not know.</exception>
    public static SnapshotHeader Read(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < Size || !header.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumOffset..]) != Crc32C.Compute(header[..ChecksumOffset]))
        {
            throw new StoreCorruptException(path, 0, "its header is damaged");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version != FormatVersion)
        {
            throw new StoreCorruptException(path, 8, $"its format is version {version} and this program reads version {FormatVersion}");
        }

        return new SnapshotHeader(
            new Guid(header.Slice(16, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[48..]));
    }
}
