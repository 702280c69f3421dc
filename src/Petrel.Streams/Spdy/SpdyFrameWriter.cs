using System.Buffers;
using System.Buffers.Binary;

namespace Petrel.Streams.Spdy;

/// <summary>
/// Puts whole frames on the transport, one at a time. Header blocks are compressed under the same lock, because the
/// order of compression must be the order on the wire.
/// </summary>
internal sealed class SpdyFrameWriter(Stream transport) : IAsyncDisposable
{
    /// <summary>Longest DATA payload sent in one frame: small enough that streams share the connection fairly.</summary>
    private const int DataChunkBytes = 32 * 1024;

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly SpdyHeaderCompressor _compressor = new();
    private bool _disposed;

    /// <summary>Opens a stream. The number is taken under the lock: numbers must rise on the wire.</summary>
    public Task SendSynStreamAsync(Func<int> takeStreamId, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken) =>
        SendAsync(
            () =>
            {
                // Stream number; associated stream, priority and credential slot unused.
                var prefix = new byte[10];
                BinaryPrimitives.WriteInt32BigEndian(prefix, takeStreamId());
                return Control(SpdyFrameType.SynStream, [.. prefix, .. Compress(headers)]);
            },
            cancellationToken);

    public Task SendSynReplyAsync(int streamId, CancellationToken cancellationToken) =>
        SendAsync(
            () =>
            {
                var prefix = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(prefix, streamId);
                return Control(SpdyFrameType.SynReply, [.. prefix, .. Compress(NoHeaders)]);
            },
            cancellationToken);

    /// <summary>A control frame without headers.</summary>
    public Task SendAsync(SpdyReply reply, CancellationToken cancellationToken)
    {
        var payload = new byte[4 * reply.Words.Length];
        for (var index = 0; index < reply.Words.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4 * index), reply.Words[index]);
        }

        return SendAsync(() => Control(reply.Type, payload), cancellationToken);
    }

    public async ValueTask SendDataAsync(int streamId, ReadOnlyMemory<byte> data, bool fin, CancellationToken cancellationToken)
    {
        do
        {
            var chunk = data[..Math.Min(data.Length, DataChunkBytes)];
            data = data[chunk.Length..];
            var header = SpdyFrameHeader.Data(streamId, chunk.Length, fin && data.IsEmpty);
            await SendAsync(() => (header, chunk), cancellationToken);
        }
        while (!data.IsEmpty);
    }

    public async ValueTask DisposeAsync()
    {
        await _lock.WaitAsync();
        _disposed = true;
        _compressor.Dispose();
        _lock.Release();
    }

    private static (SpdyFrameHeader Header, ReadOnlyMemory<byte> Payload) Control(SpdyFrameType type, byte[] payload) =>
        (SpdyFrameHeader.Control(type, payload.Length), payload);

    private byte[] Compress(IReadOnlyDictionary<string, string> headers) => _compressor.Compress(SpdyHeaderBlock.Encode(headers));

    private async Task SendAsync(Func<(SpdyFrameHeader Header, ReadOnlyMemory<byte> Payload)> build, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (_disposed)
            {
                throw new IOException("the SPDY connection is closed");
            }

            var (header, payload) = build();
            await WriteAsync(header, payload);
        }
        catch (ObjectDisposedException exception)
        {
            throw new IOException("the SPDY connection is closed", exception);
        }
        finally
        {
            _lock.Release();
        }
    }

    // Not cancellable: half a frame on the wire would make everything after it unreadable. Closing the transport ends it.
    private async Task WriteAsync(SpdyFrameHeader header, ReadOnlyMemory<byte> payload)
    {
        var length = SpdyFrameHeader.Size + payload.Length;
        var frame = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            header.Write(frame);
            payload.Span.CopyTo(frame.AsSpan(SpdyFrameHeader.Size));
            await transport.WriteAsync(frame.AsMemory(0, length), CancellationToken.None);
            await transport.FlushAsync(CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }
}
