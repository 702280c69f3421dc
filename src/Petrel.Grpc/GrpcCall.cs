using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Petrel.Grpc;

/// <summary>
/// The HTTP/2 exchange under one call of any shape: sends the request, reads messages, and at the end turns
/// trailers, HTTP failures, the deadline and resets into a status. Disposing it before the end resets the stream.
/// </summary>
internal sealed class GrpcCall : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly GrpcCallOptions _options;
    private readonly CancellationToken _callerCancellation;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;
    private HttpResponseMessage? _response;
    private Stream? _body;

    public GrpcCall(GrpcChannel channel, GrpcCallOptions options, CancellationToken callerCancellation)
    {
        _channel = channel;
        _options = options;
        _callerCancellation = callerCancellation;
        _deadline = new CancellationTokenSource(options.Timeout ?? Timeout.InfiniteTimeSpan, channel.Options.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(callerCancellation, _deadline.Token);
    }

    /// <summary>Cancelled by the caller or at the deadline.</summary>
    public CancellationToken Cancellation => _either.Token;

    /// <summary>Sends the request and waits for the response's headers, which a streaming server may send late.</summary>
    public async Task SendAsync(HttpMessageInvoker http, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_channel.Address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        AddHeaders(request.Headers);
        try
        {
            _response = await http.SendAsync(request, Cancellation).ConfigureAwait(false);
            CheckHeaders(_response);
            _body = await _response.Content.ReadAsStreamAsync(Cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not GrpcException)
        {
            throw Translate(e);
        }
    }

    /// <summary>The next message, or null once the server has ended the call with OK.</summary>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            var message = await MessageFrame.ReadAsync(_body!, parser, _channel.Options.MaxReceiveMessageBytes, Cancellation).ConfigureAwait(false);
            if (message is null)
            {
                GrpcStatus.FromTrailers(_response!).ThrowUnlessOk();
            }

            return message;
        }
        catch (Exception e) when (e is not GrpcException)
        {
            throw Translate(e);
        }
    }

    /// <summary>The exception to throw for one the transport threw.</summary>
    public Exception Translate(Exception failure)
    {
        if (_callerCancellation.IsCancellationRequested)
        {
            return new OperationCanceledException(failure.Message, failure, _callerCancellation);
        }

        return _deadline.IsCancellationRequested
            ? new GrpcException(GrpcStatusCode.DeadlineExceeded, "context deadline exceeded", failure)
            : TransportFailure.Translate(failure, _channel.DisplayAddress);
    }

    public void Dispose()
    {
        // A request that has had no response yet only ends by this.
        _either.Cancel();
        _body?.Dispose();
        _response?.Dispose();
        _either.Dispose();
        _deadline.Dispose();
    }

    private void AddHeaders(HttpRequestHeaders headers)
    {
        // Servers refuse calls whose client does not promise to read trailers.
        headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        headers.TryAddWithoutValidation("grpc-accept-encoding", "identity");
        if (_options.Timeout is { } timeout)
        {
            headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Encode(timeout));
        }

        foreach (var (name, value) in _options.Metadata)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void CheckHeaders(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcException(GrpcStatus.FromHttp(response.StatusCode), $"unexpected HTTP status {(int)response.StatusCode}");
        }

        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            throw new GrpcException(GrpcStatusCode.Unknown, $"the server answered with {response.Content.Headers.ContentType?.ToString() ?? "no content type"}, not gRPC");
        }

        // A call that fails before its first message has its status in the headers ("Trailers-Only").
        GrpcStatus.FromHeaders(response.Headers)?.ThrowUnlessOk();
    }
}
