using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Follows a change of spec.replicas when no rollout is to be moved on: the pass only scales.</summary>
internal static class DeploymentScale
{
    /// <summary>An active set was last scaled for another number of replicas.</summary>
    public static bool IsNeeded(DeploymentPass pass) => pass.AllSets.Any(set =>
        set.Replicas() > 0 && RevisionAnnotations.DesiredReplicas(set) is { } desired && desired != pass.Deployment.Replicas());

    public static async Task RunAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        // 1. One set has all pods, or none has: it takes the change alone.
        if (OnlyActiveOrLatest(pass) is { } only)
        {
            await pass.ResizeAsync(only, pass.Deployment.Replicas(), cancellationToken);
            return;
        }

        // 2. The new set serves the whole size: what old sets still have is surplus.
        if (IsSaturated(pass.Deployment, pass.NewSet))
        {
            foreach (var old in pass.ActiveOldSets)
            {
                await pass.ResizeAsync(old, 0, cancellationToken);
            }

            return;
        }

        // 3. In the middle of a rolling update every set takes its part. (With Recreate, the rollout itself brings the size.)
        if (pass.Deployment.IsRollingUpdate())
        {
            foreach (var (set, size) in ProportionalScale.Spread(pass.Deployment, [.. pass.AllSets.Where(static set => set.Replicas() > 0)]))
            {
                await pass.ScaleAsync(set, size, cancellationToken);
            }
        }
    }

    private static ReplicaSet? OnlyActiveOrLatest(DeploymentPass pass)
    {
        var active = pass.AllSets.Where(static set => set.Replicas() > 0).ToList();
        return active.Count switch
        {
            0 => pass.NewSet ?? pass.OldSets.OrderByDescending(static set => set.Metadata.CreationTimestamp).FirstOrDefault(),
            1 => active[0],
            _ => null,
        };
    }

    private static bool IsSaturated(Deployment deployment, ReplicaSet? set) =>
        set is not null
        && RevisionAnnotations.DesiredReplicas(set) == deployment.Replicas()
        && set.Replicas() == deployment.Replicas()
        && set.Status.AvailableReplicas == deployment.Replicas();
}
