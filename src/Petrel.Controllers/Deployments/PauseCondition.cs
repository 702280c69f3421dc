namespace Petrel.Controllers.Deployments;

/// <summary>Says in the Progressing condition that a Deployment is paused or goes on, so that its deadline does not run meanwhile.</summary>
internal static class PauseCondition
{
    public static Task SyncAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        var condition = pass.Deployment.Status.Condition(DeploymentConditions.Progressing);
        var noted = condition?.Reason == DeploymentConditions.Paused;
        if (!DeploymentProgress.HasDeadline(pass.Deployment) || condition?.Reason == DeploymentConditions.DeadlineExceeded || noted == pass.Deployment.Spec.Paused)
        {
            return Task.CompletedTask;
        }

        var changed = pass.Deployment.Spec.Paused
            ? DeploymentConditions.Make(DeploymentConditions.Progressing, "Unknown", DeploymentConditions.Paused, "Deployment is paused", pass.Now)
            : DeploymentConditions.Make(DeploymentConditions.Progressing, "Unknown", DeploymentConditions.Resumed, "Deployment is resumed", pass.Now);
        return pass.UpdateStatusAsync(pass.Deployment.Status.With(changed), cancellationToken);
    }
}
