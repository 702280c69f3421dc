namespace Petrel.ApiServer.Lifecycle;

/// <summary>
/// The end of a server, in order: /readyz fails, so that load balancers look elsewhere; watches and streams end, so that their clients go
/// elsewhere; requests that are being answered are answered.
/// </summary>
public sealed class ServerLifecycle : IDisposable
{
    private readonly CancellationTokenSource _streamsEnd = new();
    private volatile bool _isShuttingDown;

    /// <summary>The server has been told to stop.</summary>
    public bool IsShuttingDown => _isShuttingDown;

    /// <summary>Cancelled when watches and streams must end.</summary>
    public CancellationToken StreamsEnd => _streamsEnd.Token;

    /// <summary>The server answers as before, but says that it is not ready.</summary>
    public void BeginShutdown() => _isShuttingDown = true;

    /// <summary>Ends watches and streams.</summary>
    public Task EndStreamsAsync()
    {
        _isShuttingDown = true;
        return _streamsEnd.CancelAsync();
    }

    public void Dispose() => _streamsEnd.Dispose();
}
