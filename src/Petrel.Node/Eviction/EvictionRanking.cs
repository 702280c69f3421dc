using Petrel.Api.Core;
using Petrel.Node.Pods;

namespace Petrel.Node.Eviction;

/// <summary>Who has to go first: pods that use more than they asked for, then those of lower priority, then those that use most beyond their request.</summary>
internal static class EvictionRanking
{
    // Pods of the priority classes system-cluster-critical and system-node-critical.
    private const int CriticalPriority = 2_000_000_000;

    /// <summary>Without pods that are never evicted.</summary>
    public static IReadOnlyList<PodUsage> Rank(EvictionSignal signal, IEnumerable<PodUsage> pods)
    {
        var candidates = pods.Where(static usage => !IsCritical(usage.Pod));
        if (signal == EvictionSignal.Processes)
        {
            return [.. candidates.OrderBy(static usage => usage.Pod.Spec.Priority ?? 0).ThenByDescending(static usage => usage.Processes)];
        }

        return [.. candidates
            .OrderByDescending(usage => Excess(signal, usage) > 0)
            .ThenBy(static usage => usage.Pod.Spec.Priority ?? 0)
            .ThenByDescending(usage => Excess(signal, usage))];
    }

    public static bool IsCritical(Pod pod) => pod.Spec.Priority >= CriticalPriority;

    /// <summary>What is used beyond the request.</summary>
    private static long Excess(EvictionSignal signal, PodUsage usage) => signal.Resource switch
    {
        "memory" => usage.MemoryBytes - PodResources.Request(usage.Pod.Spec, "memory").Value,
        // Nobody can ask for inodes.
        "inodes" => usage.Inodes,
        _ => usage.DiskBytes - PodResources.Request(usage.Pod.Spec, "ephemeral-storage").Value,
    };
}
