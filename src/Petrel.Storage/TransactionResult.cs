namespace Petrel.Storage;

/// <summary>The answer to a <see cref="Transaction"/>.</summary>
/// <param name="Outcome">Whether the change was made, and if not, why.</param>
/// <param name="Revision">The revision of the change; when nothing changed, the revision the key was looked at.</param>
/// <param name="Current">The key as it is at <paramref name="Revision"/>: what was put, or what the conflict is with; null when it does not exist.</param>
/// <param name="Previous">The key before a committed change; null when it did not exist.</param>
public readonly record struct TransactionResult(TransactionOutcome Outcome, long Revision, KeyValue? Current, KeyValue? Previous)
{
    public bool Succeeded => Outcome == TransactionOutcome.Committed;
}
