namespace Petrel.ApiServer.Authorization.Feeds;

/// <summary>Something that follows the store until it is disposed.</summary>
internal interface IFeed : IAsyncDisposable
{
    /// <summary>Completes when the present state is known.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Completes when everything up to the store's revision is known; after <see cref="StartAsync"/>.</summary>
    Task ReachAsync(long revision, CancellationToken cancellationToken);
}
