namespace Petrel.Client.Informers;

/// <summary>An informer regardless of its kind.</summary>
public interface IInformer
{
    /// <summary>The first list is in the cache and handlers were told of it.</summary>
    bool HasSynced { get; }

    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Lists and watches until cancelled; outlives every failure of the server.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
