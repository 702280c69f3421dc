using System.Buffers.Binary;

namespace Petrel.Streams.Spdy;

/// <summary>
/// The eight bytes every frame starts with (SPDY/3.1 section 2.2): one bit control or data; version and type, or the
/// stream's number; flags; the length of what follows.
/// </summary>
internal readonly record struct SpdyFrameHeader
{
    public const int Size = 8;

    /// <summary>The length field has 24 bits.</summary>
    public const int MaxLength = (1 << 24) - 1;

    /// <summary>SPDY/3.1 calls itself version 3 on the wire.</summary>
    public const int Version = 3;

    public const byte FlagFin = 1;

    private readonly uint _word;

    private SpdyFrameHeader(uint word, byte flags, int length)
    {
        _word = word;
        Flags = flags;
        Length = length;
    }

    public byte Flags { get; }

    public int Length { get; }

    public bool IsControl => (_word & 0x8000_0000) != 0;

    public int ControlVersion => (int)((_word >> 16) & 0x7fff);

    public SpdyFrameType Type => (SpdyFrameType)(_word & 0xffff);

    public int StreamId => (int)(_word & 0x7fff_ffff);

    public bool IsFin => (Flags & FlagFin) != 0;

    public static SpdyFrameHeader Data(int streamId, int length, bool fin) =>
        new((uint)streamId, fin ? FlagFin : (byte)0, length);

    public static SpdyFrameHeader Control(SpdyFrameType type, int length) =>
        new(0x8000_0000 | (Version << 16) | (uint)type, 0, length);

    public static SpdyFrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        var flagsAndLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        return new(BinaryPrimitives.ReadUInt32BigEndian(bytes), (byte)(flagsAndLength >> 24), (int)(flagsAndLength & MaxLength));
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, _word);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], ((uint)Flags << 24) | (uint)Length);
    }
}
