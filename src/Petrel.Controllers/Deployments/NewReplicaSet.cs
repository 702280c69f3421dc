using Petrel.Api.Apps;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.Deployments;

/// <summary>Makes the set of a Deployment's current template, and keeps its revision the highest.</summary>
internal sealed class NewReplicaSet(ControllerServices services, ObjectCache<ReplicaSet> sets)
{
    /// <summary>Brings revision and annotations of an existing new set up to date. Without one, nothing happens.</summary>
    public async Task SyncAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        if (pass.NewSet is not { } set)
        {
            return;
        }

        var changed = RevisionAnnotations.Inherit(pass.Deployment, set, NextRevision(pass));
        changed = changed with { Spec = changed.Spec with { MinReadySeconds = pass.Deployment.Spec.MinReadySeconds } };
        if (changed != set)
        {
            pass.NewSet = set = await services.Api.UpdateAsync(changed, cancellationToken);
        }

        var revision = set.Metadata.Annotations.GetValueOrDefault(RevisionAnnotations.Revision) ?? "";
        var progress = pass.Deployment.Status.Condition(DeploymentConditions.Progressing) is null
            ? Progressing(pass, DeploymentConditions.FoundNewSet, $"Found new replica set \"{set.Metadata.Name}\"")
            : null;
        await NoteAsync(pass, revision, progress, cancellationToken);
    }

    /// <summary>Makes the new set unless it exists, with as many replicas as the strategy allows at once.</summary>
    public async Task EnsureAsync(DeploymentPass pass, CancellationToken cancellationToken)
    {
        if (pass.NewSet is not null)
        {
            return;
        }

        var revision = NextRevision(pass);
        var wanted = Make(pass, revision);
        var (set, created) = await CreateAsync(pass, wanted, cancellationToken);
        pass.NewSet = set;
        if (created && set.Replicas() > 0)
        {
            services.Events.Normal(pass.Deployment, "ScalingReplicaSet", $"Scaled up replica set {set.Metadata.Name} from 0 to {set.Replicas()}");
        }

        var progress = created ? Progressing(pass, DeploymentConditions.NewSetCreated, $"Created new replica set \"{set.Metadata.Name}\"") : null;
        await NoteAsync(pass, RevisionAnnotations.Text(revision), progress, cancellationToken);
    }

    private static ReplicaSet Make(DeploymentPass pass, long revision)
    {
        var deployment = pass.Deployment;
        var hash = PodTemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount);
        var template = deployment.Spec.Template;
        var labels = template.Metadata.Labels.With(PodTemplateHash.Label, hash);
        var selector = deployment.Spec.Selector ?? LabelSelector.Empty;
        var set = new ReplicaSet
        {
            Metadata = new()
            {
                Name = deployment.Metadata.Name + "-" + hash,
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                OwnerReferences = [OwnerReferences.ControlledBy(deployment)],
            },
            Spec = new()
            {
                Replicas = RollingUpdate.NewSetReplicas(deployment, pass.OldSets, 0),
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(PodTemplateHash.Label, hash) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
        return RevisionAnnotations.NoteSize(deployment, RevisionAnnotations.Inherit(deployment, set, revision));
    }

    private async Task<(ReplicaSet Set, bool Created)> CreateAsync(DeploymentPass pass, ReplicaSet wanted, CancellationToken cancellationToken)
    {
        try
        {
            return (await services.Api.CreateAsync(wanted, cancellationToken), true);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            return (await ResolveAsync(pass, wanted, exception, cancellationToken), false);
        }
        catch (ApiException exception) when (!exception.IsNamespaceTerminating)
        {
            var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {exception.Message}";
            services.Events.Warning(pass.Deployment, DeploymentConditions.SetCreateError, message);
            if (DeploymentProgress.HasDeadline(pass.Deployment))
            {
                var failed = DeploymentConditions.Make(DeploymentConditions.Progressing, "False", DeploymentConditions.SetCreateError, message, pass.Now);
                await pass.UpdateStatusAsync(pass.Deployment.Status.With(failed), cancellationToken);
            }

            throw;
        }
    }

    /// <summary>Something has the name: our own set that the cache did not show, or another template with the same hash.</summary>
    private async Task<ReplicaSet> ResolveAsync(DeploymentPass pass, ReplicaSet wanted, ApiException exception, CancellationToken cancellationToken)
    {
        var present = sets.Find(ObjectKey.Of(wanted))
            ?? await services.Api.FindAsync<ReplicaSet>(wanted.Metadata.Namespace, wanted.Metadata.Name, cancellationToken)
            ?? throw exception;
        if (present.IsControlledBy(pass.Deployment) && PodTemplateHash.IsCurrent(pass.Deployment, present))
        {
            return present;
        }

        var collisions = (pass.Deployment.Status.CollisionCount ?? 0) + 1;
        await pass.UpdateStatusAsync(pass.Deployment.Status with { CollisionCount = collisions }, cancellationToken);
        throw exception;
    }

    private static Task NoteAsync(DeploymentPass pass, string revision, DeploymentCondition? progress, CancellationToken cancellationToken)
    {
        var noted = RevisionAnnotations.NoteRevision(pass.Deployment, revision);
        noted = progress is null ? noted : noted with { Status = noted.Status.With(progress) };
        return noted == pass.Deployment ? Task.CompletedTask : pass.UpdateStatusAsync(noted, cancellationToken);
    }

    private static DeploymentCondition? Progressing(DeploymentPass pass, string reason, string message) => DeploymentProgress.HasDeadline(pass.Deployment)
        ? DeploymentConditions.Make(DeploymentConditions.Progressing, "True", reason, message, pass.Now)
        : null;

    private static long NextRevision(DeploymentPass pass) => pass.OldSets.Select(RevisionAnnotations.RevisionOf).DefaultIfEmpty(0).Max() + 1;
}
