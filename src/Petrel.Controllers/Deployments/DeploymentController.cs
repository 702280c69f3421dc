using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.Deployments;

/// <summary>Rolls out a Deployment's template by ReplicaSets, one per template, and scales them (apps/v1 Deployment).</summary>
internal sealed class DeploymentController : IReconciler
{
    private readonly ControllerServices _services;
    private readonly Informer<Deployment> _deployments;
    private readonly Informer<ReplicaSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly OwnershipClaim<Deployment, ReplicaSet> _claim;
    private readonly NewReplicaSet _newSets;
    private WorkQueue<ObjectKey>? _queue;

    public DeploymentController(ControllerServices services)
    {
        _services = services;
        _deployments = services.Informers.For<Deployment>();
        _sets = services.Informers.For<ReplicaSet>().WithOwnership();
        _pods = services.Informers.For<Pod>().WithOwnership();
        _claim = new OwnershipClaim<Deployment, ReplicaSet>(services.Api, _sets.Cache);
        _newSets = new NewReplicaSet(services, _sets.Cache);
    }

    public string Name => "deployment-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _deployments.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        new DependentWatch<Deployment, ReplicaSet>(_deployments, static deployment => deployment.Spec.Selector, queue, expectations: null).Watch(_sets);

        // Recreate waits for the last old pod.
        _pods.Subscribe(deleted: pod => EnqueueRecreate(pod, queue));
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_deployments.Cache.Find(key) is not { } deployment)
        {
            return;
        }

        if (deployment.Spec.Selector is null || deployment.Spec.Selector == LabelSelector.Empty)
        {
            await RefuseAsync(deployment, cancellationToken);
            return;
        }

        var selector = LabelSelectorExpression.From(deployment.Spec.Selector);
        var sets = await _claim.ClaimAsync(deployment, selector, static _ => true, cancellationToken);
        var pass = new DeploymentPass(_services, deployment, sets);
        await RunAsync(pass, cancellationToken);
    }

    private async Task RunAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        if (pass.Deployment.Metadata.DeletionTimestamp is not null)
        {
            await UpdateStatusAsync(pass, rollout: false, cancellationToken);
            return;
        }

        await PauseCondition.SyncAsync(pass, cancellationToken);
        await _newSets.SyncAsync(pass, cancellationToken);
        if (pass.Deployment.Spec.Paused || DeploymentScale.IsNeeded(pass))
        {
            await DeploymentScale.RunAsync(pass, cancellationToken);
            if (pass.Deployment.Spec.Paused)
            {
                await RevisionHistory.CleanAsync(_services.Api, pass, cancellationToken);
            }

            await UpdateStatusAsync(pass, rollout: false, cancellationToken);
            return;
        }

        if (pass.Deployment.IsRollingUpdate())
        {
            await _newSets.EnsureAsync(pass, cancellationToken);
            await RollingRollout.RunAsync(pass, cancellationToken);
        }
        else
        {
            await RecreateRollout.RunAsync(pass, _newSets, _pods.Cache, cancellationToken);
        }

        if (DeploymentProgress.IsComplete(pass.Deployment, pass.Deployment.Status))
        {
            await RevisionHistory.CleanAsync(_services.Api, pass, cancellationToken);
        }

        await UpdateStatusAsync(pass, rollout: true, cancellationToken);
        if (DeploymentProgress.CheckIn(pass.Deployment, pass.Deployment.Status, pass.Now) is { } wait)
        {
            _queue!.AddAfter(ObjectKey.Of(pass.Deployment), wait);
        }
    }

    private static Task UpdateStatusAsync(DeploymentPass pass, bool rollout, CancellationToken cancellationToken)
    {
        var status = rollout ? RolloutStatus.Calculate(pass) : DeploymentProgress.Calculate(pass.Deployment, pass.AllSets, pass.NewSet, pass.Now);
        return status == pass.Deployment.Status ? Task.CompletedTask : pass.UpdateStatusAsync(status, cancellationToken);
    }

    private Task RefuseAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        _services.Events.Warning(deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        var status = deployment.Status with { ObservedGeneration = deployment.Metadata.Generation };
        return status == deployment.Status ? Task.CompletedTask : _services.Api.UpdateStatusAsync(deployment with { Status = status }, cancellationToken);
    }

    private void EnqueueRecreate(Pod pod, WorkQueue<ObjectKey> queue)
    {
        if (pod.Controller() is { Kind: "ReplicaSet" } set
            && _sets.Cache.Find(pod.Metadata.Namespace, set.Name)?.Controller() is { Kind: "Deployment" } owner
            && _deployments.Cache.Find(pod.Metadata.Namespace, owner.Name) is { Spec.Strategy.Type: "Recreate" })
        {
            queue.Add(new ObjectKey(pod.Metadata.Namespace, owner.Name));
        }
    }
}
