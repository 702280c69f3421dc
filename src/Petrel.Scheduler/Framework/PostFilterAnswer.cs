namespace Petrel.Scheduler.Framework;

/// <summary>What PostFilter says.</summary>
/// <param name="Nominated">The node the pod may hope for; empty when there is none (any more), null when that stays as it was.</param>
/// <param name="Work">What has to be done for it, beside the scheduling loop; the pod is not tried again before it is over.</param>
internal sealed record PostFilterAnswer(Verdict Verdict, string? Nominated, Func<CancellationToken, Task>? Work = null);
