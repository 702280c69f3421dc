using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Reads and changes the conditions of a Deployment's status.</summary>
internal static class DeploymentConditions
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";

    public const string Paused = "DeploymentPaused";
    public const string Resumed = "DeploymentResumed";
    public const string FoundNewSet = "FoundNewReplicaSet";
    public const string NewSetCreated = "NewReplicaSetCreated";
    public const string SetUpdated = "ReplicaSetUpdated";
    public const string NewSetAvailable = "NewReplicaSetAvailable";
    public const string SetCreateError = "ReplicaSetCreateError";
    public const string DeadlineExceeded = "ProgressDeadlineExceeded";

    public static DeploymentCondition? Condition(this DeploymentStatus status, string type)
    {
        foreach (var condition in status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    public static DeploymentCondition Make(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    /// <summary>Sets a condition at the end of the list. One with the same status and reason stays, whatever its message.</summary>
    public static DeploymentStatus With(this DeploymentStatus status, DeploymentCondition condition)
    {
        var present = status.Condition(condition.Type);
        if (present is not null && present.Status == condition.Status && present.Reason == condition.Reason)
        {
            return status;
        }

        return status.Without(condition.Type) with
        {
            Conditions = status.Without(condition.Type).Conditions.Add(
                present?.Status == condition.Status ? condition with { LastTransitionTime = present.LastTransitionTime } : condition),
        };
    }

    public static DeploymentStatus Without(this DeploymentStatus status, string type) =>
        status with { Conditions = status.Conditions.RemoveAll(condition => condition.Type == type) };
}
