using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Petrel.ApiServer.InProcess;

/// <summary>
/// The answer to a request without a socket. It begins and breaks off as one over a socket does: with the first flush, whether
/// there is anything in it yet or not, and with <see cref="Abort"/>.
/// </summary>
/// <param name="body">Takes the body.</param>
/// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
internal sealed class InProcessResponse(PipeWriter body, CancellationToken cancellationToken) : HttpResponseFeature, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private bool _hasStarted;
    private PipeWriter? _writer;
    private Stream? _stream;

    public override bool HasStarted => _hasStarted;

    /// <summary>What there is of the answer is not all of it.</summary>
    public bool IsBroken { get; private set; }

    public CancellationToken RequestAborted { get; set; } = cancellationToken;

    public PipeWriter Writer => _writer ??= new StartingWriter(body, this);

    public Stream Stream => _stream ??= Writer.AsStream(leaveOpen: true);

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        while (_starting.TryPop(out var next))
        {
            await next.Callback(next.State);
        }
    }

    public async Task CompleteAsync() => await Writer.FlushAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public void DisableBuffering()
    {
        // What is flushed is there.
    }

    public void Abort() => IsBroken = true;

    /// <summary>Begins the answer before anything of its body gets out.</summary>
    private sealed class StartingWriter(PipeWriter inner, InProcessResponse response) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            response.HasStarted ? inner.FlushAsync(cancellationToken) : StartAndFlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private async ValueTask<FlushResult> StartAndFlushAsync(CancellationToken cancellationToken)
        {
            await response.StartAsync(cancellationToken);
            return await inner.FlushAsync(cancellationToken);
        }
    }
}
