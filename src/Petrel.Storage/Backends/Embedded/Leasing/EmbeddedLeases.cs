using Petrel.Storage.Backends.Embedded.Commits;

namespace Petrel.Storage.Backends.Embedded.Leasing;

/// <summary>The leases of an <see cref="EmbeddedStore"/>: renewals go to the table, everything else through the log.</summary>
internal sealed class EmbeddedLeases : ILeases, IDisposable
{
    private static readonly TimeSpan ShortestTimeToLive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(365 * 100);

    /// <summary>After a lease that is due could not be deleted because the disk failed.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly LeaseTable _table;
    private readonly Committer _committer;
    private readonly LeaseExpiry _expiry;

    public EmbeddedLeases(LeaseTable table, Committer committer, TimeProvider time)
    {
        _table = table;
        _committer = committer;
        _expiry = new LeaseExpiry(table, time, Expire);
    }

    public ValueTask<Lease> GrantAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, ShortestTimeToLive);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeToLive, LongestTimeToLive);
        var command = new GrantCommand(timeToLive);
        _committer.Submit(command);
        return new(command.Task.WaitAsync(cancellationToken));
    }

    public ValueTask<TimeSpan?> KeepAliveAsync(long leaseId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_table.KeepAlive(leaseId));

    public ValueTask<bool> RevokeAsync(long leaseId, CancellationToken cancellationToken = default)
    {
        var command = new RevokeCommand(_table, leaseId);
        _committer.Submit(command);
        return new(command.Task.WaitAsync(cancellationToken));
    }

    public ValueTask<Lease?> FindAsync(long leaseId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_table.Find(leaseId));

    public void Dispose() => _expiry.Dispose();

    private void Expire(long leaseId)
    {
        try
        {
            _committer.Submit(new ExpireCommand(_table, leaseId, () => _expiry.Schedule(leaseId, RetryAfter)));
        }
        catch (StoreUnavailableException)
        {
            // The queue is full, or closed, in which case the timer is gone too.
            _expiry.Schedule(leaseId, RetryAfter);
        }
    }
}
