namespace Petrel.Storage;

/// <summary>The state of a store at one moment.</summary>
/// <param name="Revision">The latest revision; a new, empty store is at 1, as etcd is.</param>
/// <param name="CompactedRevision">The oldest revision that can be read; watches can start after it. 0 when never compacted.</param>
/// <param name="KeyCount">Number of keys.</param>
/// <param name="DiskBytes">What the store occupies on its medium.</param>
public sealed record StoreStatus(long Revision, long CompactedRevision, long KeyCount, long DiskBytes);
