namespace Petrel.Scheduler.Framework;

/// <summary>What PreFilter says.</summary>
/// <param name="Nodes">The only nodes that come into question; null for all.</param>
internal readonly record struct PreFilterAnswer(Verdict Verdict, IReadOnlySet<string>? Nodes = null)
{
    public static PreFilterAnswer Success { get; } = new(Verdict.Success);

    public static PreFilterAnswer Skip { get; } = new(Verdict.Skip);

    public static implicit operator PreFilterAnswer(Verdict verdict) => new(verdict);
}
