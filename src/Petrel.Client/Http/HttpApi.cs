using System.Net;
using System.Runtime.CompilerServices;
using Petrel.Client.Api;

namespace Petrel.Client.Http;

/// <summary>The API of a server over HTTP/2 or HTTP/1.1, with or without TLS.</summary>
public sealed class HttpApi : IApi, IDisposable
{
    private readonly HttpApiOptions _options;
    private readonly Credentials _credentials;
    private readonly HttpMessageInvoker _client;
    private readonly string _basePath;

    public HttpApi(HttpApiOptions options, TimeProvider time)
    {
        _options = options;
        _credentials = new Credentials(options, time);
        _basePath = options.Server.AbsoluteUri.TrimEnd('/');
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            SslOptions = TlsSettings.Of(options),
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            // Upstream's numbers: a connection that is silent for 30 s is asked, and given up after 15 s without an answer.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        });
    }

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = await MakeAsync(request, cancellationToken);
        using var response = await _client.SendAsync(message, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    public async IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var message = await MakeAsync(request, cancellationToken);
        // An HttpMessageInvoker does not buffer: the answer is here when its head is.
        using var response = await _client.SendAsync(message, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            TypedApi.ThrowIfError(await ReadAsync(response, cancellationToken));
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in WatchReader.ReadAsync(stream, cancellationToken))
        {
            yield return item;
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<HttpRequestMessage> MakeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), _basePath + request.PathAndQuery)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        // The TLS layer takes the name that it asks for, and that the certificate must hold for, from here.
        message.Headers.Host = _options.TlsServerName;
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.Authorization = await _credentials.HeaderAsync(cancellationToken);
        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        return message;
    }

    private static async Task<ApiResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new ApiResponse((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", body);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException("the answer broke off: " + exception.Message, exception);
        }
    }
}
