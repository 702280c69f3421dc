using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>Ends a lease on request and deletes its keys.</summary>
internal sealed class RevokeCommand(LeaseTable leases, long id) : ResultCommand<bool>
{
    public override int EstimatedBytes => RecordWriter.MaximumOverhead;

    // The attached keys are known only when the batch that attached the last of them is published.
    public override bool RunsAlone => true;

    public override void Apply(Draft draft)
    {
        if (leases.BeginEnd(id, onlyWhenDue: false) is { } keys)
        {
            draft.Revoke(id, keys);
            Result = true;
        }
    }

    public override void Fail(Exception reason)
    {
        if (Result)
        {
            leases.CancelEnd(id);
        }

        base.Fail(reason);
    }
}
