namespace Petrel.Storage;

/// <summary>Time-limited ownership of keys. Grants and revocations are durable; a restart renews every lease in full, as etcd does.</summary>
public interface ILeases
{
    /// <summary>Creates a lease that expires <paramref name="timeToLive"/> (at least one second) after its last renewal.</summary>
    ValueTask<Lease> GrantAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Renews a lease for its full time to live, which is returned; null when there is no such lease (any more).</summary>
    ValueTask<TimeSpan?> KeepAliveAsync(long leaseId, CancellationToken cancellationToken = default);

    /// <summary>Deletes a lease and, in one revision, all keys attached to it; false when there is no such lease.</summary>
    ValueTask<bool> RevokeAsync(long leaseId, CancellationToken cancellationToken = default);

    /// <summary>The lease as it is now, or null when there is no such lease (any more).</summary>
    ValueTask<Lease?> FindAsync(long leaseId, CancellationToken cancellationToken = default);
}
