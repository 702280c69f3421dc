using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>Forgets history before a revision.</summary>
internal sealed class CompactCommand(long revision) : ResultCommand<CompactionOutcome>
{
    public override int EstimatedBytes => RecordWriter.MaximumOverhead;

    // A revision of the same batch is not in the history yet, from which the compacted tree is made.
    public override bool RunsAlone => true;

    public override void Apply(Draft draft)
    {
        if (revision > draft.Revision)
        {
            Result = CompactionOutcome.Future;
        }
        else if (revision <= draft.CompactedRevision)
        {
            Result = CompactionOutcome.AlreadyCompacted;
        }
        else
        {
            draft.Compact(revision);
            Result = CompactionOutcome.Compacted;
        }
    }
}
