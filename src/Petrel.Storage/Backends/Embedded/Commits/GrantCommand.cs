using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>Grants a lease under an identity that is not in use.</summary>
internal sealed class GrantCommand(TimeSpan timeToLive) : ResultCommand<Lease>
{
    public override int EstimatedBytes => RecordWriter.MaximumOverhead;

    public override void Apply(Draft draft)
    {
        // Random, as etcd's are, so that an identity is not soon used again for another lease.
        long id;
        do
        {
            id = Random.Shared.NextInt64(1, long.MaxValue);
        }
        while (draft.Leases.IsAlive(id) || draft.LeaseChanges.Exists(change => change.Id == id));

        draft.Grant(id, timeToLive);
        Result = new Lease(id, timeToLive, timeToLive);
    }
}
