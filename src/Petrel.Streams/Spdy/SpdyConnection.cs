using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Petrel.Streams.Spdy;

/// <summary>
/// SPDY/3.1 over any byte stream, as Kubernetes' peers speak it (moby/spdystream in kubectl, kubelets and container
/// runtimes): they neither send nor heed WINDOW_UPDATE and SETTINGS, so back pressure is the transport's alone, and
/// they drop DATA that comes before a stream's SYN_REPLY.
/// </summary>
public sealed class SpdyConnection : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly Stream _transport;
    private readonly SpdyLimits _limits;
    private readonly SpdyFrameWriter _writer;
    private readonly SpdyReceiver _receiver;
    private readonly ConcurrentDictionary<int, SpdyStream> _streams = new();
    private readonly Channel<SpdyStream> _incoming;
    private readonly Channel<SpdyReply> _replies;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _replying;
    private readonly int _ownParity;
    private int _nextStreamId;
    private int _disposed;

    private SpdyConnection(Stream transport, SpdyRole role, SpdyLimits limits)
    {
        _transport = transport;
        _limits = limits;
        _nextStreamId = role == SpdyRole.Client ? 1 : 2;
        _ownParity = _nextStreamId % 2;
        _writer = new SpdyFrameWriter(transport);
        _incoming = Channel.CreateBounded<SpdyStream>(limits.Streams);
        _replies = Channel.CreateBounded<SpdyReply>(limits.PendingReplies);
        _receiver = new SpdyReceiver(
            this,
            new SpdyFrameReader(transport, limits.ControlFrameBytes),
            _streams,
            role == SpdyRole.Server ? _incoming.Writer : null,
            _replies.Writer,
            limits);
        _replying = Task.Run(SendRepliesAsync);
        Completion = Task.Run(ReceiveAsync);
    }

    /// <summary>
    /// The streams that the peer opens, each to be answered with <see cref="SpdyStream.ReplyAsync"/> or
    /// <see cref="SpdyStream.ResetAsync"/>; completes with the connection. A client is given none: it refuses them.
    /// </summary>
    public ChannelReader<SpdyStream> Incoming => _incoming.Reader;

    /// <summary>Completes, never fails, when nothing more will be received; <see cref="Failure"/> says why.</summary>
    public Task Completion { get; }

    /// <summary>Null while the connection lasts and when the peer closed it in order.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Takes over a transport whose HTTP upgrade is done; disposing the connection disposes the transport.</summary>
    public static SpdyConnection Start(Stream transport, SpdyRole role, SpdyLimits? limits = null) =>
        new(transport, role, limits ?? new SpdyLimits());

    /// <summary>Opens a stream and waits until the peer accepted it.</summary>
    /// <exception cref="IOException">The peer refused the stream, or the connection is gone, going away or full.</exception>
    public async Task<SpdyStream> OpenAsync(IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken = default)
    {
        if (_receiver.GoingAway || _streams.Count >= _limits.Streams)
        {
            throw new IOException("the SPDY connection takes no more streams");
        }

        SpdyStream? stream = null;
        await _writer.SendSynStreamAsync(
            () =>
            {
                stream = new SpdyStream(this, _nextStreamId, headers, _limits.StreamBufferBytes);
                _nextStreamId += 2;
                _streams[stream.Id] = stream;
                return stream.Id;
            },
            headers,
            cancellationToken);
        if (Completion.IsCompleted)
        {
            stream!.OnConnectionLost(Lost());
        }

        try
        {
            await stream!.Replied.WaitAsync(cancellationToken);
            return stream;
        }
        catch (OperationCanceledException)
        {
            await stream!.ResetAsync(SpdyResetStatus.Cancel, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Ends every stream and says GOAWAY, as far as the peer still listens; then closes the transport.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await SayGoodbyeAsync(protocolError: false);
        await _closing.CancelAsync();
        await _transport.DisposeAsync();
        await Completion;
        await _replying;
        await _writer.DisposeAsync();
        _receiver.Dispose();
        _closing.Dispose();
    }

    internal bool IsOwn(int id) => id % 2 == _ownParity;

    internal Task ReplyAsync(SpdyStream stream, CancellationToken cancellationToken) =>
        _writer.SendSynReplyAsync(stream.Id, cancellationToken);

    internal ValueTask SendDataAsync(int streamId, ReadOnlyMemory<byte> data, bool fin, CancellationToken cancellationToken) =>
        _writer.SendDataAsync(streamId, data, fin, cancellationToken);

    internal Task SendResetAsync(int streamId, SpdyResetStatus status, CancellationToken cancellationToken) =>
        _writer.SendAsync(new SpdyReply(SpdyFrameType.RstStream, [streamId, (int)status]), cancellationToken);

    internal void Forget(SpdyStream stream)
    {
        if (stream.IsDone)
        {
            _streams.TryRemove(stream.Id, out _);
        }
    }

    private static IOException Lost() => new("the SPDY connection was lost");

    private async Task ReceiveAsync()
    {
        try
        {
            await _receiver.RunAsync(_closing.Token);
        }
        catch (SpdyProtocolException exception)
        {
            Failure = exception;
            await SayGoodbyeAsync(protocolError: true);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Failure = exception as IOException ?? Lost();
        }
        finally
        {
            _incoming.Writer.Complete();
            _replies.Writer.Complete();
            foreach (var stream in _streams.Values)
            {
                stream.OnConnectionLost(Failure ?? Lost());
            }
        }
    }

    private async Task SendRepliesAsync()
    {
        try
        {
            await foreach (var reply in _replies.Reader.ReadAllAsync(_closing.Token))
            {
                await _writer.SendAsync(reply, _closing.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The connection is gone: its receiving side says so to whoever waits.
        }
    }

    /// <summary>
    /// Peers tell a closed session from a broken one by RST_STREAM on what was open. A peer that does not read must
    /// not hold us: then the transport's end tells it.
    /// </summary>
    private async Task SayGoodbyeAsync(bool protocolError)
    {
        try
        {
            using var timeout = new CancellationTokenSource(GoodbyeTimeout, TimeProvider.System);
            await GoodbyeAsync().WaitAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer is gone or does not read.
        }

        async Task GoodbyeAsync()
        {
            foreach (var stream in _streams.Values)
            {
                await SendResetAsync(stream.Id, SpdyResetStatus.Cancel, CancellationToken.None);
            }

            await _writer.SendAsync(new SpdyReply(SpdyFrameType.GoAway, [_receiver.LastPeerStreamId, protocolError ? 1 : 0]), CancellationToken.None);
        }
    }
}
