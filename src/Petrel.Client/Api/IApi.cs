namespace Petrel.Client.Api;

/// <summary>
/// The Kubernetes API as every component sees it. Implemented over HTTP (HttpApi) and in process by the API
/// server, where a request enters the same pipeline behind authentication. Typed calls are in <see cref="TypedApi"/>.
/// </summary>
public interface IApi
{
    /// <summary>Sends one request and reads its whole answer. Error statuses are answers, not exceptions.</summary>
    /// <exception cref="HttpRequestException">The server could not be reached; the request may or may not have been carried out.</exception>
    Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a watch and yields its events as they come, ending when the server ends it. An error answer is thrown.
    /// </summary>
    /// <exception cref="ApiException">The server refused the watch.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the stream broke.</exception>
    IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken);
}
