using Petrel.Client.Api;

namespace Petrel.Scheduler.Tests.Cluster;

/// <summary>An API whose bindings go wrong as a test says.</summary>
internal sealed class UnreliableApi(IApi api) : IApi
{
    /// <summary>Called with each binding; null lets it pass.</summary>
    public Func<ApiRequest, Task<ApiResponse?>> OnBinding { get; set; } = static _ => Task.FromResult<ApiResponse?>(null);

    public IApi Real => api;

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Method == "POST" && request.PathAndQuery.EndsWith("/binding", StringComparison.Ordinal) && await OnBinding(request) is { } answer)
        {
            return answer;
        }

        return await api.SendAsync(request, cancellationToken);
    }

    public IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => api.WatchAsync(request, cancellationToken);
}
