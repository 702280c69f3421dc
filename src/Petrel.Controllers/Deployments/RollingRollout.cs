using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Moves a rolling update on by one step: the new set grows, or old ones shrink, as far as surge and availability allow.</summary>
internal static class RollingRollout
{
    public static async Task RunAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        if (!await GrowAsync(pass, cancellationToken))
        {
            await ShrinkAsync(pass, cancellationToken);
        }
    }

    private static Task<bool> GrowAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        var set = pass.NewSet!;
        var size = set.Replicas() > pass.Deployment.Replicas()
            ? pass.Deployment.Replicas()
            : RollingUpdate.NewSetReplicas(pass.Deployment, pass.AllSets, set.Replicas());
        return pass.ResizeAsync(set, size, cancellationToken);
    }

    private static async Task ShrinkAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        var old = pass.ActiveOldSets;
        if (old.Count == 0)
        {
            return;
        }

        // Pods of the new set that are not available yet count as missing: old ones must stay in their place.
        var minAvailable = pass.Deployment.Replicas() - pass.Deployment.MaxUnavailable();
        var newUnavailable = pass.NewSet!.Replicas() - pass.NewSet!.Status.AvailableReplicas;
        var surplus = pass.AllSets.Sum(static set => set.Replicas()) - minAvailable - newUnavailable;
        if (surplus <= 0)
        {
            return;
        }

        // 1. Old pods that serve nobody go first: a broken revision must not block the way out of it.
        await ShrinkAsync(pass, surplus, static set => set.Replicas() - set.Status.AvailableReplicas, cancellationToken);

        // 2. Then as many available old pods as there are above the minimum.
        var spare = pass.AllSets.Sum(static set => set.Status.AvailableReplicas) - minAvailable;
        await ShrinkAsync(pass, spare, static set => set.Replicas(), cancellationToken);
    }

    /// <summary>Takes up to <paramref name="count"/> replicas from old sets, the oldest first, from each as many as it can spare.</summary>
    private static async Task ShrinkAsync(DeploymentPass pass, int count, Func<ReplicaSet, int> spare, CancellationToken cancellationToken)
    {
        foreach (var set in pass.ActiveOldSets.OrderBy(static set => set.Metadata.CreationTimestamp))
        {
            var taken = Math.Min(count, spare(set));
            if (taken > 0)
            {
                await pass.ResizeAsync(set, set.Replicas() - taken, cancellationToken);
                count -= taken;
            }
        }
    }
}
