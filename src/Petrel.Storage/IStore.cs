namespace Petrel.Storage;

/// <summary>
/// An ordered map of keys to bytes in which every change has a revision: the semantics of etcd's v3 API
/// (https://etcd.io/docs/v3.5/learning/api/), cut to what a Kubernetes API server uses. It knows nothing of kinds.
/// </summary>
/// <remarks>
/// All members may be called from any thread. Reads are linearizable: a range that starts after a commit was
/// acknowledged sees that commit. A change becomes visible to readers and watchers only when it is durable.
/// Failures of the medium surface as <see cref="StoreUnavailableException"/>; every expected outcome is a value.
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>Leases: keys attached to one are deleted when it expires or is revoked.</summary>
    ILeases Leases { get; }

    /// <summary>The current revision, the oldest readable one, and sizes.</summary>
    ValueTask<StoreStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the keys of a range in ordinal order, now or as they were at a retained revision.</summary>
    ValueTask<RangeResult> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies one compare-and-swap. Completes when the change is durable. Cancelling stops the wait, not the
    /// change: whether it happened is then unknown to the caller, as with a lost connection.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The change could not be made durable; nothing of it is visible.</exception>
    ValueTask<TransactionResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Starts a watch. Nothing is missed and nothing repeated between history and live events, nor when a new
    /// watch continues from the last revision of an earlier one plus one.
    /// </summary>
    IWatch Watch(WatchRequest request);

    /// <summary>
    /// Forgets the history before <paramref name="revision"/>: older revisions can no longer be read, and watches
    /// cannot start at or before it. The latest value of every key always stays. When to compact is the caller's policy.
    /// </summary>
    ValueTask<CompactionOutcome> CompactAsync(long revision, CancellationToken cancellationToken = default);
}
