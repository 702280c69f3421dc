using System.Runtime.InteropServices;
using Petrel.Storage.Backends.Embedded.Commits;
using Petrel.Storage.Backends.Embedded.History;
using Petrel.Storage.Backends.Embedded.Leasing;

namespace Petrel.Storage.Backends.Embedded;

/// <summary>
/// The store's memory: the current view, the history behind it, and the leases. One thread at a time publishes
/// (recovery, then the committer); any thread reads.
/// </summary>
internal sealed class StoreState(StoreView view, LeaseTable leases)
{
    private StoreView _view = view;

    public StoreView View => Volatile.Read(ref _view);

    public EventHistory History { get; } = new(view.CompactedRevision, view.Tree);

    public LeaseTable Leases { get; } = leases;

    /// <summary>Makes a draft, which is durable by now, visible.</summary>
    public void Publish(Draft draft)
    {
        var old = View;
        var events = CollectionsMarshal.AsSpan(draft.Events);
        var next = new StoreView(events.IsEmpty ? old.Tree : draft.ToTree(), draft.Revision, draft.CompactedRevision);

        // The view first: who learns of a revision from a watch must be able to read at it.
        Volatile.Write(ref _view, next);
        Leases.Apply(draft);
        if (!events.IsEmpty)
        {
            History.Append(events, next.Revision, next.Tree);
        }

        if (next.CompactedRevision > old.CompactedRevision)
        {
            History.Compact(next.CompactedRevision);
        }
    }
}
