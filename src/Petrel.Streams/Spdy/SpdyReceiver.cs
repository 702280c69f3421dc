using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Petrel.Streams.Spdy;

/// <summary>
/// Reads one connection's frames to their streams. It never writes: a peer that waits for us to read must not be
/// waited for, so answers go through a bounded queue.
/// </summary>
internal sealed class SpdyReceiver(
    SpdyConnection connection,
    SpdyFrameReader frames,
    ConcurrentDictionary<int, SpdyStream> streams,
    ChannelWriter<SpdyStream>? incoming,
    ChannelWriter<SpdyReply> replies,
    SpdyLimits limits) : IDisposable
{
    private readonly SpdyHeaderDecompressor _headers = new(limits.HeaderBlockBytes);

    /// <summary>The highest number of the streams that the peer opened.</summary>
    public int LastPeerStreamId { get; private set; }

    /// <summary>The peer said GOAWAY: it takes no new streams, those open go on.</summary>
    public bool GoingAway { get; private set; }

    /// <summary>Runs until the peer closes the connection between two frames.</summary>
    /// <exception cref="SpdyProtocolException">The peer broke the protocol or a limit.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await frames.ReadHeaderAsync(cancellationToken) is { } header)
        {
            if (header.IsControl)
            {
                OnControl(header, await frames.ReadControlPayloadAsync(header, cancellationToken));
            }
            else
            {
                await OnDataAsync(header, cancellationToken);
            }
        }
    }

    public void Dispose() => _headers.Dispose();

    /// <summary>DATA for a stream that is gone is dropped: the peer may not have seen its end yet.</summary>
    private async ValueTask OnDataAsync(SpdyFrameHeader header, CancellationToken cancellationToken)
    {
        streams.TryGetValue(header.StreamId, out var stream);
        for (var remaining = header.Length; remaining > 0;)
        {
            var piece = await frames.ReadDataAsync(remaining, cancellationToken);
            remaining -= (int)piece.Length;
            if (stream is not null)
            {
                await stream.ReceiveAsync(piece, cancellationToken);
            }

            frames.Advance(piece);
        }

        if (header.IsFin)
        {
            stream?.OnFinish();
        }
    }

    private void OnControl(SpdyFrameHeader header, byte[] payload)
    {
        switch (header.Type)
        {
            case SpdyFrameType.SynStream:
                OnSynStream(header, Word(payload, 0), _headers.Decompress(After(payload, 10)));
                break;
            case SpdyFrameType.SynReply:
                OnSynReply(header, Word(payload, 0), _headers.Decompress(After(payload, 4)));
                break;
            case SpdyFrameType.Headers:
                _headers.Decompress(After(payload, 4));
                OnFinish(header, Word(payload, 0));
                break;
            case SpdyFrameType.RstStream:
                OnRstStream(Word(payload, 0), (SpdyResetStatus)Word(payload, 1));
                break;
            case SpdyFrameType.Ping:
                OnPing(Word(payload, 0));
                break;
            case SpdyFrameType.GoAway:
                GoingAway = true;
                break;
            default:
                // SETTINGS and WINDOW_UPDATE change nothing here; frames not known must be ignored (section 2.2.1).
                break;
        }
    }

    private void OnSynStream(SpdyFrameHeader header, int streamId, byte[] headerBlock)
    {
        if (streamId <= LastPeerStreamId || connection.IsOwn(streamId))
        {
            throw new SpdyProtocolException($"peer opened stream {streamId} after {LastPeerStreamId}");
        }

        LastPeerStreamId = streamId;
        var stream = new SpdyStream(connection, streamId, SpdyHeaderBlock.Decode(headerBlock), limits.StreamBufferBytes);
        if (incoming is null || streams.Count >= limits.Streams || !incoming.TryWrite(stream))
        {
            Reply(new SpdyReply(SpdyFrameType.RstStream, [streamId, (int)SpdyResetStatus.RefusedStream]));
            return;
        }

        streams[streamId] = stream;
        OnFinish(header, streamId);
    }

    private void OnSynReply(SpdyFrameHeader header, int streamId, byte[] headerBlock)
    {
        SpdyHeaderBlock.Decode(headerBlock);
        if (connection.IsOwn(streamId) && streams.TryGetValue(streamId, out var stream))
        {
            stream.OnReply();
            OnFinish(header, streamId);
        }
    }

    private void OnRstStream(int streamId, SpdyResetStatus status)
    {
        if (streams.TryGetValue(streamId, out var stream))
        {
            stream.OnReset(status);
        }
    }

    /// <summary>A PING with a number of the peer's kind is a question, one of our kind an answer (section 2.6.5).</summary>
    private void OnPing(int id)
    {
        if (!connection.IsOwn(id))
        {
            Reply(new SpdyReply(SpdyFrameType.Ping, [id]));
        }
    }

    private void OnFinish(SpdyFrameHeader header, int streamId)
    {
        if (header.IsFin && streams.TryGetValue(streamId, out var stream))
        {
            stream.OnFinish();
        }
    }

    private void Reply(SpdyReply reply)
    {
        if (!replies.TryWrite(reply))
        {
            throw new SpdyProtocolException("peer asks for answers and does not read them");
        }
    }

    private static int Word(ReadOnlySpan<byte> payload, int index)
    {
        var bytes = payload.Length >= 4 * (index + 1) ? payload[(4 * index)..] : throw new SpdyProtocolException("control frame is too short");
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0x7fff_ffff);
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> payload, int prefixBytes) =>
        payload.Length >= prefixBytes ? payload[prefixBytes..] : throw new SpdyProtocolException("control frame is too short");
}
