using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Framework;

/// <summary>What a PostFilter plugin may work with.</summary>
/// <param name="Rejections">Why the nodes do not fit.</param>
/// <param name="Filters">Runs filters, also on nodes as they might be.</param>
internal sealed record PostFilterContext(CycleState State, PodInfo Pod, Snapshot Nodes, Rejections Rejections, NodeFilter Filters);
