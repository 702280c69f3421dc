namespace Petrel.Storage;

/// <summary>The answer to a <see cref="RangeRequest"/>: a view of one revision that later changes do not touch.</summary>
/// <param name="Outcome">Unless <see cref="RangeOutcome.Found"/>, there are no items.</param>
/// <param name="Revision">
/// The revision the items are as of. For <see cref="RangeOutcome.Compacted"/> the compacted revision, for
/// <see cref="RangeOutcome.Future"/> the current one.
/// </param>
/// <param name="Items">In ordinal order of keys. May be produced while it is enumerated; it can be enumerated any number of times.</param>
/// <param name="Count">How many keys the range holds, whatever the limit.</param>
public readonly record struct RangeResult(RangeOutcome Outcome, long Revision, IReadOnlyCollection<KeyValue> Items, long Count)
{
    /// <summary>How many keys of the range come after the returned items.</summary>
    public long Remaining => Count - Items.Count;
}
