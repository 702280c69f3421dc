using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>Ends a lease whose time is over, unless it was renewed after all. Nobody waits for it.</summary>
internal sealed class ExpireCommand(LeaseTable leases, long id, Action retryLater) : Command
{
    private bool _ended;

    public override int EstimatedBytes => RecordWriter.MaximumOverhead;

    // As for RevokeCommand.
    public override bool RunsAlone => true;

    public override void Apply(Draft draft)
    {
        if (leases.BeginEnd(id, onlyWhenDue: true) is { } keys)
        {
            draft.Revoke(id, keys);
            _ended = true;
        }
        else
        {
            retryLater();
        }
    }

    public override void Complete()
    {
    }

    public override void Fail(Exception reason)
    {
        if (_ended)
        {
            leases.CancelEnd(id);
            retryLater();
        }
    }
}
