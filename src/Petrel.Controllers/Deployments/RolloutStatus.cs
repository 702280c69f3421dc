using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Status of a Deployment that rolls out: counts, and the conditions that tell whether it gets anywhere.</summary>
internal static class RolloutStatus
{
    public static DeploymentStatus Calculate(DeploymentPass pass)
    {
        var status = DeploymentProgress.Calculate(pass.Deployment, pass.AllSets, pass.NewSet, pass.Now);
        status = DeploymentProgress.HasDeadline(pass.Deployment) ? Progress(pass, status) : status.Without(DeploymentConditions.Progressing);
        return Failure(pass) is { } failure ? status.With(failure) : status.Without(DeploymentConditions.ReplicaFailure);
    }

    private static DeploymentStatus Progress(DeploymentPass pass, DeploymentStatus status)
    {
        var present = pass.Deployment.Status.Condition(DeploymentConditions.Progressing);

        // A rollout that was complete stays so: pods that come and go later are no progress and no delay of it.
        if (status.Replicas == status.UpdatedReplicas && present?.Reason == DeploymentConditions.NewSetAvailable)
        {
            return status;
        }

        var subject = pass.NewSet is { } set ? $"ReplicaSet \"{set.Metadata.Name}\"" : $"Deployment \"{pass.Deployment.Metadata.Name}\"";
        if (DeploymentProgress.IsComplete(pass.Deployment, status))
        {
            return status.With(Make("True", DeploymentConditions.NewSetAvailable, $"{subject} has successfully progressed."));
        }

        if (DeploymentProgress.IsProgress(pass.Deployment.Status, status))
        {
            // Each step starts the deadline anew, so the condition is replaced even when it says the same.
            var moved = Make("True", DeploymentConditions.SetUpdated, $"{subject} is progressing.");
            moved = present?.Status == "True" ? moved with { LastTransitionTime = present.LastTransitionTime } : moved;
            return status.Without(DeploymentConditions.Progressing).With(moved);
        }

        return DeploymentProgress.IsTimedOut(pass.Deployment, status, pass.Now)
            ? status.With(Make("False", DeploymentConditions.DeadlineExceeded, $"{subject} has timed out progressing."))
            : status;

        DeploymentCondition Make(string value, string reason, string message) =>
            DeploymentConditions.Make(DeploymentConditions.Progressing, value, reason, message, pass.Now);
    }

    /// <summary>The failure of the new set, or else of an old one, as the Deployment's own.</summary>
    private static DeploymentCondition? Failure(DeploymentPass pass)
    {
        var sets = pass.AllSets.OrderByDescending(set => set.Metadata.Uid == pass.NewSet?.Metadata.Uid);
        var failure = sets.SelectMany(static set => set.Status.Conditions).FirstOrDefault(static condition => condition.Type == "ReplicaFailure");
        return failure is null ? null : new DeploymentCondition
        {
            Type = DeploymentConditions.ReplicaFailure,
            Status = failure.Status,
            LastUpdateTime = failure.LastTransitionTime,
            LastTransitionTime = failure.LastTransitionTime,
            Reason = failure.Reason,
            Message = failure.Message,
        };
    }
}
