using Petrel.Api.Core;
using Petrel.Client.Informers;
using Petrel.Controllers.Ownership;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Deployments;

/// <summary>Strategy Recreate: all old pods are gone before the first new one is made.</summary>
internal static class RecreateRollout
{
    public static async Task RunAsync(DeploymentPass pass, NewReplicaSet newSets, ObjectCache<Pod> pods, CancellationToken cancellationToken)
    {
        var shrunk = false;
        foreach (var set in pass.ActiveOldSets)
        {
            shrunk |= await pass.ResizeAsync(set, 0, cancellationToken);
        }

        if (shrunk || OldPodsRun(pass, pods))
        {
            return;
        }

        await newSets.EnsureAsync(pass, cancellationToken);
        await pass.ResizeAsync(pass.NewSet!, pass.Deployment.Replicas(), cancellationToken);
    }

    /// <summary>A pod that is being deleted may still run; only finished ones do not count.</summary>
    private static bool OldPodsRun(DeploymentPass pass, ObjectCache<Pod> pods) => pass.OldSets.Any(set =>
        set.Status.Replicas > 0 || pods.ControlledBy(set).Any(static pod => !pod.IsTerminal()));
}
