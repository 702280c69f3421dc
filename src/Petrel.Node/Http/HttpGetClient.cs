using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Petrel.Node.Http;

/// <summary>
/// The HTTP client of probes and hooks: a connection for each request, no proxy, certificates not verified (the server is
/// this node's own container), redirects followed as long as they stay at the same host.
/// </summary>
internal sealed class HttpGetClient : IDisposable
{
    private const int BodyBytesMax = 10 * 1024;
    private const int RedirectsMax = 10;

    private static readonly HttpRequestOptionsKey<bool> HasConnected = new("connected");

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = Unverified(),
        ConnectCallback = ConnectAsync,
    });

    /// <returns>The status, and the first 10 KiB of the body.</returns>
    /// <exception cref="HttpGetException">No answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<(int Status, string Body)> GetAsync(HttpGetRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            try
            {
                using var message = Message(request, address, isRedirected: redirects > 0);
                using var response = await _http.SendAsync(message, cancellationToken);
                if (Target(response, address) is not { } target)
                {
                    return ((int)response.StatusCode, await ReadAsync(response, cancellationToken));
                }

                address = redirects < RedirectsMax - 1 ? target : throw HttpGetException.Of(target, "stopped after 10 redirects");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                throw HttpGetException.Of(address, Describe(exception, address), exception);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Message(HttpGetRequest request, Uri address, bool isRedirected)
    {
        // HTTP/1.1, one connection for each request; what speaks HTTP/2 alone is gRPC, which has a probe of its own.
        var message = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        message.Headers.ConnectionClose = true;
        foreach (var (name, value) in request.Headers)
        {
            var isDefault = name.Equals("Accept", StringComparison.OrdinalIgnoreCase) || name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase);
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                // The name is of the first address, so it goes on only as long as that does.
                if (!isRedirected || address.Authority == request.Address.Authority)
                {
                    message.Headers.Host = value;
                }
            }
            else if (value.Length > 0 || !isDefault)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>Where the answer sends its reader, if that is the same host; null for an answer to keep.</summary>
    private static Uri? Target(HttpResponseMessage response, Uri address)
    {
        var isRedirect = response.StatusCode
            is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return isRedirect && response.Headers.Location is { } location && new Uri(address, location) is var target
            && target.Host == address.Host && target.Scheme is "http" or "https" ? target : null;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BodyBytesMax];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static string Describe(Exception exception, Uri address)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PlainAnswerException:
                    return inner.Message;
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return $"read tcp {address.Authority}: connection reset by peer";
                case SocketException socket:
                    return ProbeSockets.Describe(socket, address.IdnHost, address.Port);
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return "EOF";
            }
        }

        return (exception.InnerException ?? exception).Message;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // The handler would ask again on a new connection when the first ends without an answer: that answer is the answer.
        var options = context.InitialRequestMessage.Options;
        if (options.TryGetValue(HasConnected, out _))
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }

        options.Set(HasConnected, true);
        var socket = await ProbeSockets.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return context.InitialRequestMessage.RequestUri!.Scheme == "https" ? new FirstBytesStream(stream) : stream;
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "API field HTTPGetAction.scheme: certificates of containers are not verified")]
    private static SslClientAuthenticationOptions Unverified() => new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
}
