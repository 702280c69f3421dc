using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Framework;

/// <summary>What a PostFilter plugin may work with.</summary>
/// <param name="Rejections">Why the nodes do not fit.</param>
/// <param name="Filters">Runs filters, also on nodes as they might be.</param>
internal sealed record PostFilterContext(CycleState State, PodInfo Pod, Snapshot Nodes, Rejections Rejections, NodeFilter Filters);

/// <summary>What PostFilter says.</summary>
/// <param name="Nominated">The node the pod may hope for; empty when there is none (any more).</param>
/// <param name="Work">What has to be done for it, beside the scheduling loop; the pod is not tried again before it is over.</param>
internal sealed record PostFilterAnswer(Verdict Verdict, string Nominated, Func<CancellationToken, Task>? Work = null);
