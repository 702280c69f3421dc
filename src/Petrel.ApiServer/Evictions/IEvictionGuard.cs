using Petrel.Api.Core;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Evictions;

/// <summary>
/// Whatever limits how many pods may be away at a time (PodDisruptionBudget). Asked for pods that run; a pod that has ended,
/// has not started or is being deleted may always be evicted.
/// </summary>
internal interface IEvictionGuard
{
    /// <summary>Takes the eviction into account, unless it is a dry run.</summary>
    /// <returns>Null: the pod may go. Otherwise it may while it is as it was looked at, and this is the answer when it is not.</returns>
    /// <exception cref="StatusException">429 with cause DisruptionBudget: not now. 500: the limits contradict each other.</exception>
    ValueTask<StatusException?> AllowAsync(Pod pod, bool dryRun, CancellationToken cancellationToken);
}
