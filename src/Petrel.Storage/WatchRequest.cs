namespace Petrel.Storage;

/// <summary>What to watch and from where.</summary>
/// <param name="Range">The keys.</param>
/// <param name="FromRevision">The first revision to deliver; it may lie in the future. 0 delivers what happens after the call.</param>
public readonly record struct WatchRequest(KeyRange Range, long FromRevision = 0);
