using Petrel.Api.Apps;
using Petrel.Client.Api;

namespace Petrel.Controllers.Deployments;

/// <summary>Deletes the oldest unused sets beyond spec.revisionHistoryLimit.</summary>
internal static class RevisionHistory
{
    public static async Task CleanAsync(IApi api, DeploymentPass pass, CancellationToken cancellationToken)
    {
        if (pass.Deployment.Spec.RevisionHistoryLimit is not { } limit || limit == int.MaxValue)
        {
            return;
        }

        var kept = pass.OldSets.Where(static set => set.Metadata.DeletionTimestamp is null).ToList();
        var surplus = kept.OrderBy(RevisionAnnotations.RevisionOf).ThenBy(static set => set.Metadata.CreationTimestamp).Take(Math.Max(0, kept.Count - limit));
        foreach (var set in surplus.Where(IsUnused))
        {
            await api.DeleteAsync<ReplicaSet>(set.Metadata.Namespace, set.Metadata.Name, null, cancellationToken);
        }
    }

    // Its controller must have seen that it is to have no pods, too.
    private static bool IsUnused(ReplicaSet set) =>
        set.Status.Replicas == 0 && set.Replicas() == 0 && set.Metadata.Generation <= set.Status.ObservedGeneration;
}
