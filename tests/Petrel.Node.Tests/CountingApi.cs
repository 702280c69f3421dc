using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Petrel.Client.Api;

namespace Petrel.Node.Tests;

/// <summary>Passes everything on and counts it.</summary>
internal sealed class CountingApi(IApi inner) : IApi
{
    private int _watches;
    private int _gets;
    private int _tokens;

    /// <summary>Watches that are open.</summary>
    public int Watches => _watches;

    /// <summary>Reads of single objects so far.</summary>
    public int Gets => _gets;

    /// <summary>Tokens asked for so far.</summary>
    public int Tokens => _tokens;

    /// <summary>Paths of all watches so far, in order.</summary>
    public ConcurrentQueue<string> Watched { get; } = new();

    /// <summary>While set, the server cannot be reached.</summary>
    public bool IsDown { get; set; }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("the server is down");
        }

        if (request.PathAndQuery.EndsWith("/token", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _tokens);
        }
        else if (request.Method == "GET" && !request.PathAndQuery.Contains('?', StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _gets);
        }

        return inner.SendAsync(request, cancellationToken);
    }

    public async IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watched.Enqueue(request.PathAndQuery);
        Interlocked.Increment(ref _watches);
        try
        {
            await foreach (var item in inner.WatchAsync(request, cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }
}
