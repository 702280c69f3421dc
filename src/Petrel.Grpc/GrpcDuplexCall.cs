using System.Net;
using Google.Protobuf;

namespace Petrel.Grpc;

/// <summary>
/// A call on which both sides stream. One writer and one reader may work at the same time; disposing it before the
/// end resets the stream.
/// </summary>
public sealed class GrpcDuplexCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly GrpcCall _call;
    private readonly GrpcMethod<TRequest, TResponse> _method;
    private readonly OpenRequestContent _requests = new();
    private readonly Task _sent;

    internal GrpcDuplexCall(GrpcCall call, HttpMessageInvoker http, GrpcMethod<TRequest, TResponse> method)
    {
        _call = call;
        _method = method;
        _sent = SendAsync(http);
    }

    /// <summary>Sends one message; completes when the connection has taken it.</summary>
    /// <exception cref="GrpcException">The call has ended; reading says how.</exception>
    public async Task WriteAsync(TRequest message)
    {
        try
        {
            await _requests.WriteAsync(MessageFrame.Encode(message), _call.Cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not GrpcException)
        {
            throw _call.Translate(e);
        }
    }

    /// <summary>Says that no more messages follow; the server may go on.</summary>
    public void CompleteWriting() => _requests.Complete();

    /// <summary>The next response, or null once the server has ended the call with OK.</summary>
    /// <exception cref="GrpcException">The call did not end with OK.</exception>
    public async ValueTask<TResponse?> ReadAsync()
    {
        await _sent.ConfigureAwait(false);
        return await _call.ReadAsync(_method.ResponseParser).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _requests.Complete();
        _call.Dispose();
        await _sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(HttpMessageInvoker http)
    {
        try
        {
            await _call.SendAsync(http, _method.Path, _requests).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _requests.Fail(e);
            throw;
        }
    }

    /// <summary>A request body that stays open: what is written goes out as it comes.</summary>
    private sealed class OpenRequestContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public OpenRequestContent() => Headers.ContentType = MessageFrame.MediaType;

        public async Task WriteAsync(byte[] frame, CancellationToken cancellationToken)
        {
            var stream = await _opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        public void Complete() => _completed.TrySetResult();

        public void Fail(Exception failure)
        {
            _opened.TrySetException(failure);
            _completed.TrySetResult();
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // The headers alone must reach the server at once: it may speak first.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            _opened.TrySetResult(stream);
            await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
