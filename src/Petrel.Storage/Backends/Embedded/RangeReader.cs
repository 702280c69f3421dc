using Petrel.Storage.Backends.Embedded.Index;

namespace Petrel.Storage.Backends.Embedded;

/// <summary>Answers range requests from one view; nothing that happens meanwhile changes the answer.</summary>
internal static class RangeReader
{
    public static RangeResult Read(StoreState state, RangeRequest request)
    {
        var view = state.View;
        var revision = request.Revision == 0 ? view.Revision : request.Revision;
        if (revision > view.Revision)
        {
            return new RangeResult(RangeOutcome.Future, view.Revision, [], 0);
        }

        if (revision < view.CompactedRevision)
        {
            return new RangeResult(RangeOutcome.Compacted, view.CompactedRevision, [], 0);
        }

        var tree = revision == view.Revision ? view.Tree : state.History.TreeAt(revision);

        // The history can only have been compacted since the view was taken.
        return tree is null
            ? new RangeResult(RangeOutcome.Compacted, state.View.CompactedRevision, [], 0)
            : Read(tree, revision, request);
    }

    private static RangeResult Read(KeyTree tree, long revision, RangeRequest request)
    {
        var range = request.Range;
        if (range.IsSingle)
        {
            var item = tree.Find(range.Start);
            return new RangeResult(
                RangeOutcome.Found, revision, item is null || request.Content == RangeContent.Count ? [] : [item], item is null ? 0 : 1);
        }

        var count = tree.CountOf(range);
        if (request.Content == RangeContent.Count)
        {
            return new RangeResult(RangeOutcome.Found, revision, [], count);
        }

        var limit = request.Limit == 0 ? count : Math.Min(count, request.Limit);
        return new RangeResult(RangeOutcome.Found, revision, tree.Items(range.Start, limit), count);
    }
}
