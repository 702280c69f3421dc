using System.Buffers.Binary;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>A log file in memory, read frame by frame.</summary>
internal sealed class SegmentContent(ReadOnlyMemory<byte> data, SegmentHeader header, string path)
{
    public SegmentHeader Header { get; } = header;

    public string Path { get; } = path;

    /// <summary>Where the next frame starts, or the log ends.</summary>
    public int Offset { get; private set; } = SegmentHeader.Size;

    private ReadOnlySpan<byte> Rest => data.Span[Math.Min(Offset, data.Length)..];

    /// <summary>Reads the next valid frame; false when there is none at the offset.</summary>
    public bool TryRead(out FrameHeader frame, out ReadOnlySpan<byte> payload)
    {
        if (!FrameHeader.TryRead(Rest, Header, out frame, out payload))
        {
            return false;
        }

        Offset += frame.FrameLength;
        return true;
    }

    /// <summary>True when the last write was cut off: the end is neither a terminator nor the end of the file.</summary>
    public bool IsTorn => !FrameHeader.IsTerminator(Rest);

    /// <summary>Bytes of the write that was cut off, as far as its header says.</summary>
    public int TornBytes =>
        Rest.Length >= FrameHeader.Size && BinaryPrimitives.ReadUInt32LittleEndian(Rest) == FrameHeader.Magic
            ? Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(Rest[4..]), 0, Rest.Length - FrameHeader.Size) + FrameHeader.Size
            : Math.Min(FrameHeader.Size, Rest.Length);

    /// <summary>
    /// The place of a valid frame behind the end, or null. There is none after a crash: a frame is written only when
    /// the one before it is durable. So if there is one, what is between was damaged later.
    /// </summary>
    public int? FindFrameBehindEnd()
    {
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, FrameHeader.Magic);
        var from = Offset;
        while (from < data.Length)
        {
            var distance = data.Span[from..].IndexOf(magic);
            if (distance < 0)
            {
                return null;
            }

            from += distance;
            if (FrameHeader.TryRead(data.Span[from..], Header, out _, out _))
            {
                return from;
            }

            from++;
        }

        return null;
    }
}
