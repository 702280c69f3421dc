using Petrel.Controllers.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Makes the dependents of an object that is deleted with policy Orphan forget it, then lets it go.</summary>
internal sealed class DependentOrphaning(OwnerGraph graph, ObjectMetadataApi objects)
{
    public async Task RunAsync(string uid, CancellationToken cancellationToken)
    {
        var (identity, dependents) = graph.Read(
            uid, static node => ((ObjectIdentity?)node.Identity, node.Dependents.Select(static dependent => dependent.Identity).ToList()), (null, []));
        if (identity?.Resource is not { } resource)
        {
            return;
        }

        foreach (var dependent in dependents)
        {
            await ForgetAsync(dependent, uid, cancellationToken);
        }

        var live = await objects.FindAsync(resource, resource.Namespaced ? identity.Namespace : null, identity.Name, cancellationToken);
        if (live is not null && live.Uid == uid && live.DeletionTimestamp is not null)
        {
            await DependentDeletion.RemoveFinalizerAsync(objects, resource, live, OwnerNode.OrphanFinalizer, cancellationToken);
        }
    }

    private async Task ForgetAsync(ObjectIdentity dependent, string ownerUid, CancellationToken cancellationToken)
    {
        if (dependent.Resource is not { } resource)
        {
            return;
        }

        var live = await objects.FindAsync(resource, resource.Namespaced ? dependent.Namespace : null, dependent.Name, cancellationToken);
        if (live is not null && live.Uid == dependent.Uid && live.OwnerReferences.Any(owner => owner.Uid == ownerUid))
        {
            await objects.PatchAsync(resource, live, live.OwnerReferences.RemoveAll(owner => owner.Uid == ownerUid), live.Finalizers, cancellationToken);
        }
    }
}
