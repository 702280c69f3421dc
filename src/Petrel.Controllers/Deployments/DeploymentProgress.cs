using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Status of a Deployment from its sets, and what the change of status says about its progress.</summary>
internal static class DeploymentProgress
{
    /// <summary>Counts and the Available condition; other conditions as they were.</summary>
    public static DeploymentStatus Calculate(Deployment deployment, IReadOnlyCollection<ReplicaSet> allSets, ReplicaSet? newSet, DateTimeOffset now)
    {
        var available = allSets.Sum(static set => set.Status.AvailableReplicas);
        var status = deployment.Status with
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = allSets.Sum(static set => set.Status.Replicas),
            UpdatedReplicas = newSet?.Status.Replicas ?? 0,
            ReadyReplicas = allSets.Sum(static set => set.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, allSets.Sum(static set => set.Replicas()) - available),
        };
        return status.With(available >= deployment.Replicas() - deployment.MaxUnavailable()
            ? DeploymentConditions.Make(DeploymentConditions.Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
            : DeploymentConditions.Make(DeploymentConditions.Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now));
    }

    /// <summary>All pods are new and available.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status) =>
        status.UpdatedReplicas == deployment.Replicas()
        && status.Replicas == deployment.Replicas()
        && status.AvailableReplicas == deployment.Replicas()
        && status.ObservedGeneration >= deployment.Metadata.Generation;

    /// <summary>More new, fewer old, more ready or more available pods than before.</summary>
    public static bool IsProgress(DeploymentStatus before, DeploymentStatus after) =>
        after.UpdatedReplicas > before.UpdatedReplicas
        || after.Replicas - after.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
        || after.ReadyReplicas > before.ReadyReplicas
        || after.AvailableReplicas > before.AvailableReplicas;

    /// <summary>The largest number stands for no deadline.</summary>
    public static bool HasDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not null and not int.MaxValue;

    /// <summary>Nothing moved for as long as the deadline allows.</summary>
    public static bool IsTimedOut(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!HasDeadline(deployment) || status.Condition(DeploymentConditions.Progressing) is not { } condition || condition.Reason == DeploymentConditions.NewSetAvailable)
        {
            return false;
        }

        return condition.Reason == DeploymentConditions.DeadlineExceeded || Deadline(deployment, condition) < now;
    }

    /// <summary>When to look again for a missed deadline; null when nothing is waited for.</summary>
    public static TimeSpan? CheckIn(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!HasDeadline(deployment)
            || status.Condition(DeploymentConditions.Progressing) is not { } condition
            || condition.Reason is DeploymentConditions.DeadlineExceeded or DeploymentConditions.NewSetAvailable
            || IsComplete(deployment, status))
        {
            return null;
        }

        // Times are kept in whole seconds: one more is surely beyond the deadline.
        var left = Deadline(deployment, condition) - now + TimeSpan.FromSeconds(1);
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private static DateTimeOffset Deadline(Deployment deployment, DeploymentCondition condition) =>
        (condition.LastUpdateTime ?? DateTimeOffset.MinValue).AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value);
}
