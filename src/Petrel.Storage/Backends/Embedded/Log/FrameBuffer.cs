namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>
/// The bytes of one frame while it is made: room for the header, the records, room for the terminator. It is used
/// again and again; an unusually large frame does not keep its memory.
/// </summary>
internal sealed class FrameBuffer
{
    private const int UsualCapacity = 1 << 21;

    private byte[] _bytes = new byte[1 << 16];
    private int _length = FrameHeader.Size;

    public int PayloadLength => _length - FrameHeader.Size;

    public Span<byte> Header => _bytes.AsSpan(0, FrameHeader.Size);

    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(FrameHeader.Size, PayloadLength);

    public void Clear()
    {
        _length = FrameHeader.Size;
        if (_bytes.Length > UsualCapacity)
        {
            _bytes = new byte[UsualCapacity];
        }
    }

    /// <summary>The next <paramref name="size"/> bytes of payload, to be filled by the caller.</summary>
    public Span<byte> Extend(int size)
    {
        EnsureRoom(size);
        var span = _bytes.AsSpan(_length, size);
        _length += size;
        return span;
    }

    /// <summary>
    /// Header, payload, padding to the frame alignment, and a header's worth of zeros, which marks the end of the log
    /// until the next frame overwrites it.
    /// </summary>
    public ReadOnlySpan<byte> WithTerminator()
    {
        var padded = FrameHeader.Align(_length);
        EnsureRoom(padded - _length + FrameHeader.Size);
        _bytes.AsSpan(_length, padded - _length + FrameHeader.Size).Clear();
        return _bytes.AsSpan(0, padded + FrameHeader.Size);
    }

    private void EnsureRoom(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        }
    }
}
