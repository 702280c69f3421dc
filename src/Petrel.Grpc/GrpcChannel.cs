using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Petrel.Grpc;

/// <summary>
/// Calls the services of one server over HTTP/2 (gRPC over HTTP2 protocol). Connects on the first call and again
/// after a loss; a call in flight at the loss fails with <see cref="GrpcStatusCode.Unavailable"/> and is the
/// caller's to repeat.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private readonly HttpMessageInvoker _http;

    private GrpcChannel(Uri address, string displayAddress, GrpcChannelOptions options, SocketsHttpHandler handler)
    {
        Address = address;
        DisplayAddress = displayAddress;
        Options = options;
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        handler.ActivityHeadersPropagator = null;
        handler.EnableMultipleHttp2Connections = true;
        handler.ConnectTimeout = options.ConnectTimeout;
        _http = new HttpMessageInvoker(handler);
    }

    internal Uri Address { get; }

    /// <summary>The address as people write it, for messages: <c>unix:///run/containerd/containerd.sock</c>.</summary>
    public string DisplayAddress { get; }

    internal GrpcChannelOptions Options { get; }

    /// <summary>A channel to the Unix socket at an absolute path, without TLS.</summary>
    public static GrpcChannel ForUnixSocket(string path, GrpcChannelOptions? options = null)
    {
        var endpoint = new UnixDomainSocketEndPoint(path);
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(endpoint, cancellation) };
        return new GrpcChannel(new Uri("http://localhost"), $"unix://{path}", options ?? new GrpcChannelOptions(), handler);
    }

    /// <summary>A channel to an http (HTTP/2 without negotiation) or https address.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions? options = null)
    {
        options ??= new GrpcChannelOptions();
        var handler = new SocketsHttpHandler();
        if (options.Tls is not null)
        {
            handler.SslOptions = options.Tls;
        }

        return new GrpcChannel(address, address.ToString(), options, handler);
    }

    /// <summary>One request, one response.</summary>
    /// <exception cref="GrpcException">The call did not end with OK, or not with exactly one message.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        GrpcCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new()
    {
        using var call = new GrpcCall(this, options ?? GrpcCallOptions.None, cancellationToken);
        await call.SendAsync(_http, method.Path, MessageFrame.Content(request)).ConfigureAwait(false);
        var response = await call.ReadAsync(method.ResponseParser).ConfigureAwait(false);
        if (response is null || await call.ReadAsync(method.ResponseParser).ConfigureAwait(false) is not null)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"{method.Path} did not answer with exactly one message");
        }

        return response;
    }

    /// <summary>One request, any number of responses; the enumeration ends when the server ends the call with OK.</summary>
    /// <exception cref="GrpcException">The call did not end with OK.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async IAsyncEnumerable<TResponse> ServerStreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        GrpcCallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var call = new GrpcCall(this, options ?? GrpcCallOptions.None, cancellationToken);
        await call.SendAsync(_http, method.Path, MessageFrame.Content(request)).ConfigureAwait(false);
        while (await call.ReadAsync(method.ResponseParser).ConfigureAwait(false) is { } response)
        {
            yield return response;
        }
    }

    /// <summary>Both sides stream, each at its own pace.</summary>
    public GrpcDuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        GrpcCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(new GrpcCall(this, options ?? GrpcCallOptions.None, cancellationToken), _http, method);

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
