using System.Buffers;
using System.IO.Pipelines;

namespace Petrel.Streams.Spdy;

/// <summary>
/// One of the streams of a connection: bytes both ways, each direction ended on its own by FIN, or both at once by
/// RST_STREAM.
/// </summary>
public sealed class SpdyStream
{
    private readonly SpdyConnection _connection;
    private readonly Pipe _received;
    private readonly TaskCompletionSource _replied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _abandoned;
    private volatile bool _localFinished;
    private volatile bool _remoteFinished;
    private SpdyResetStatus? _reset;

    internal SpdyStream(SpdyConnection connection, int id, IReadOnlyDictionary<string, string> headers, int bufferBytes)
    {
        _connection = connection;
        Id = id;
        Headers = headers;
        _received = new Pipe(new PipeOptions(
            pauseWriterThreshold: bufferBytes,
            resumeWriterThreshold: bufferBytes / 2,
            useSynchronizationContext: false));
    }

    public int Id { get; }

    /// <summary>What the opener said about the stream (Kubernetes: streamType, port, requestID).</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>
    /// What the peer sent. Ends after FIN and after RST_STREAM alike (peers end their output either way); fails with
    /// <see cref="IOException"/> when the connection went away before.
    /// </summary>
    public PipeReader Input => _received.Reader;

    /// <summary>Set when the peer ended the stream by RST_STREAM.</summary>
    public SpdyResetStatus? Reset => _reset;

    internal Task Replied => _replied.Task;

    internal bool IsDone => _localFinished && _remoteFinished;

    /// <summary>Accepts a stream that the peer opened. Peers drop what is sent on a stream before this.</summary>
    public Task ReplyAsync(CancellationToken cancellationToken = default) => _connection.ReplyAsync(this, cancellationToken);

    /// <exception cref="IOException">The stream was reset or the connection is gone.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        data.IsEmpty ? ValueTask.CompletedTask : SendAsync(data, fin: false, cancellationToken);

    /// <summary>Says that nothing more will be sent; receiving goes on.</summary>
    /// <exception cref="IOException">The stream was reset or the connection is gone.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellationToken = default)
    {
        if (_localFinished)
        {
            return;
        }

        await SendAsync(ReadOnlyMemory<byte>.Empty, fin: true, cancellationToken);
        _localFinished = true;
        _connection.Forget(this);
    }

    /// <summary>Ends both directions at once; what was received and not read is dropped, a read in progress is cancelled.</summary>
    public Task ResetAsync(SpdyResetStatus status, CancellationToken cancellationToken = default)
    {
        _abandoned = true;
        _localFinished = true;
        _remoteFinished = true;
        _received.Writer.CancelPendingFlush();
        _received.Reader.CancelPendingRead();
        _connection.Forget(this);
        return _connection.SendResetAsync(Id, status, cancellationToken);
    }

    internal void OnReply() => _replied.TrySetResult();

    /// <summary>Takes in a piece of a DATA frame; waits while the reader is behind by the buffer's size.</summary>
    internal async ValueTask ReceiveAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        if (_abandoned || _remoteFinished)
        {
            return;
        }

        foreach (var segment in data)
        {
            _received.Writer.Write(segment.Span);
        }

        await _received.Writer.FlushAsync(cancellationToken);
    }

    internal void OnFinish()
    {
        _remoteFinished = true;
        _received.Writer.Complete();
        _connection.Forget(this);
    }

    internal void OnReset(SpdyResetStatus status)
    {
        _reset = status;
        _localFinished = true;
        _replied.TrySetException(new IOException($"stream {Id} was refused by the peer ({status})"));
        OnFinish();
    }

    internal void OnConnectionLost(Exception reason)
    {
        _localFinished = true;
        _replied.TrySetException(reason);
        _received.Writer.Complete(reason);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> data, bool fin, CancellationToken cancellationToken) =>
        _localFinished
            ? throw new IOException($"stream {Id} is closed for sending")
            : _connection.SendDataAsync(Id, data, fin, cancellationToken);
}
