using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>A compare-and-swap of one key.</summary>
internal sealed class TransactionCommand(Transaction transaction) : ResultCommand<TransactionResult>
{
    public override int EstimatedBytes { get; } =
        RecordWriter.MaximumOverhead + RecordWriter.KeyBytes(transaction.Key) + transaction.Value.Length;

    public override void Apply(Draft draft)
    {
        var current = draft.Find(transaction.Key);
        if (transaction.ExpectedRevision is { } expected && expected != (current?.ModRevision ?? 0))
        {
            Result = new TransactionResult(TransactionOutcome.Conflict, draft.Revision, current, Previous: null);
        }
        else if (transaction.IsDelete)
        {
            Delete(draft, current);
        }
        else if (transaction.Lease != 0 && !draft.Leases.IsAlive(transaction.Lease))
        {
            Result = new TransactionResult(TransactionOutcome.LeaseNotFound, draft.Revision, current, Previous: null);
        }
        else
        {
            var stored = draft.Put(transaction.Key, transaction.Value, transaction.Lease, out var previous);
            Result = new TransactionResult(TransactionOutcome.Committed, draft.Revision, stored, previous);
        }
    }

    private void Delete(Draft draft, KeyValue? current)
    {
        if (current is null)
        {
            Result = new TransactionResult(TransactionOutcome.NotFound, draft.Revision, Current: null, Previous: null);
            return;
        }

        draft.Delete(transaction.Key);
        Result = new TransactionResult(TransactionOutcome.Committed, draft.Revision, Current: null, current);
    }
}
