using System.Buffers.Binary;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>
/// What precedes the records of one frame. A frame is one batch: one write, one sync, one checksum. The next frame is
/// written only after this one is durable, so an invalid frame with a valid one behind it was damaged later, while an
/// invalid frame at the end is a write that was cut off.
/// </summary>
/// <param name="SegmentSequence">The segment it was written to, so that a leftover in a recycled file is not taken for a frame.</param>
/// <param name="FirstRevision">The revision that the first change in the frame makes.</param>
/// <param name="PayloadLength">Bytes of records after the header.</param>
internal readonly record struct FrameHeader(long SegmentSequence, long FirstRevision, int PayloadLength)
{
    /// <summary>Magic (4 bytes), payload length (4), segment sequence (8), first revision (8), checksum (4), zero (4); little-endian.</summary>
    public const int Size = 32;

    public const uint Magic = 0x4652_4d31; // "1MRF"

    private const int ChecksumOffset = 24;
    private const int Alignment = 8;

    /// <summary>Frames start at multiples of this.</summary>
    public static int Align(int length) => (length + Alignment - 1) & -Alignment;

    /// <summary>Bytes the frame takes in the file, without the terminator.</summary>
    public int FrameLength => Align(Size + PayloadLength);

    /// <param name="header">Receives the header.</param>
    /// <param name="payload">The records.</param>
    /// <param name="seed">The segment's <see cref="SegmentHeader.ChecksumSeed"/>.</param>
    public void Write(Span<byte> header, ReadOnlySpan<byte> payload, uint seed)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], PayloadLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], SegmentSequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], FirstRevision);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumOffset..], Crc32C.Compute(seed, header[..ChecksumOffset], payload));
    }

    /// <summary>Reads the frame at the start of <paramref name="data"/>; false unless it is complete, undamaged and of this segment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, SegmentHeader segment, out FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (data.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(data) != Magic)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(data[4..]);
        header = new FrameHeader(
            BinaryPrimitives.ReadInt64LittleEndian(data[8..]), BinaryPrimitives.ReadInt64LittleEndian(data[16..]), length);
        if (header.SegmentSequence != segment.Sequence || length < 0 || length > data.Length - Size)
        {
            return false;
        }

        payload = data.Slice(Size, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(data[ChecksumOffset..]) == Crc32C.Compute(segment.ChecksumSeed, data[..ChecksumOffset], payload)
            && BinaryPrimitives.ReadUInt32LittleEndian(data[(ChecksumOffset + 4)..]) == 0;
    }

    /// <summary>True when a log ends here: nothing has been written after the last terminator.</summary>
    public static bool IsTerminator(ReadOnlySpan<byte> data) => data[..Math.Min(Size, data.Length)].IndexOfAnyExcept((byte)0) < 0;
}
