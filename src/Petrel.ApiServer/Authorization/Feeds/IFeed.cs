namespace Petrel.ApiServer.Authorization.Feeds;

/// <summary>Something that follows the store until it is disposed.</summary>
internal interface IFeed : IAsyncDisposable
{
    /// <summary>Completes when the present state is known.</summary>
    Task StartAsync(CancellationToken cancellationToken);
}
