using System.Buffers;
using System.IO.Pipelines;

namespace Petrel.Streams.Spdy;

/// <summary>Takes frames off the transport: headers and control frames whole, DATA in the pieces in which it arrives.</summary>
internal sealed class SpdyFrameReader(Stream transport, int maxControlFrameBytes)
{
    private readonly PipeReader _input = PipeReader.Create(transport, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));

    /// <summary>The next frame's header, or null when the peer closed the connection between frames.</summary>
    public async ValueTask<SpdyFrameHeader?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var result = await _input.ReadAtLeastAsync(SpdyFrameHeader.Size, cancellationToken);
        if (result.Buffer.IsEmpty)
        {
            return null;
        }

        var header = SpdyFrameHeader.Read(Take(result.Buffer, SpdyFrameHeader.Size));
        if (header.IsControl && header.ControlVersion != SpdyFrameHeader.Version)
        {
            throw new SpdyProtocolException($"control frame has version {header.ControlVersion}, not {SpdyFrameHeader.Version}");
        }

        return header;
    }

    public async ValueTask<byte[]> ReadControlPayloadAsync(SpdyFrameHeader header, CancellationToken cancellationToken)
    {
        if (header.Length > maxControlFrameBytes)
        {
            throw new SpdyProtocolException($"control frame of {header.Length} bytes is longer than {maxControlFrameBytes}");
        }

        if (header.Length == 0)
        {
            return [];
        }

        var result = await _input.ReadAtLeastAsync(header.Length, cancellationToken);
        return Take(result.Buffer, header.Length);
    }

    /// <summary>Up to <paramref name="maxLength"/> bytes of a DATA payload, to be followed by <see cref="Advance"/>.</summary>
    public async ValueTask<ReadOnlySequence<byte>> ReadDataAsync(int maxLength, CancellationToken cancellationToken)
    {
        var buffer = (await _input.ReadAsync(cancellationToken)).Buffer;
        return buffer.IsEmpty ? throw EndedEarly() : buffer.Slice(0, Math.Min(buffer.Length, maxLength));
    }

    public void Advance(ReadOnlySequence<byte> data) => _input.AdvanceTo(data.End);

    private byte[] Take(ReadOnlySequence<byte> buffer, int length)
    {
        if (buffer.Length < length)
        {
            throw EndedEarly();
        }

        var taken = buffer.Slice(0, length);
        var bytes = taken.ToArray();
        _input.AdvanceTo(taken.End);
        return bytes;
    }

    private static SpdyProtocolException EndedEarly() => new("the connection ended inside a frame");
}
