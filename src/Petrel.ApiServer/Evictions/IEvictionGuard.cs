using Petrel.Api.Core;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Evictions;

/// <summary>
/// Whatever limits how many pods may be away at a time (PodDisruptionBudget). Asked for pods that run or may soon; a pod
/// that has ended, waits for a node or is being deleted may always be evicted.
/// </summary>
internal interface IEvictionGuard
{
    /// <summary>Takes the eviction into account, unless it is a dry run.</summary>
    /// <exception cref="StatusException">429 with cause DisruptionBudget: not now. 500: the limits contradict each other.</exception>
    ValueTask AllowAsync(Pod pod, bool dryRun, CancellationToken cancellationToken);
}
