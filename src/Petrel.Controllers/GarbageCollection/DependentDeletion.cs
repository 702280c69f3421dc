using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Client.Queues;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Decides about one object: whether its owners let it live, and whether its own deletion can end.</summary>
internal sealed class DependentDeletion(OwnerGraph graph, ObjectMetadataApi objects, Func<string, string, ResourceInfo?> resourceOf, WorkQueue<string> deletions)
{
    /// <exception cref="UnknownOwnerException">It cannot be told yet whether an owner exists.</exception>
    public async Task RunAsync(string uid, CancellationToken cancellationToken)
    {
        var (identity, isDeletingDependents, isBeingDeleted) = graph.Read(
            uid, static node => ((ObjectIdentity?)node.Identity, node.IsDeletingDependents, node.IsBeingDeleted), (null, false, false));
        if (identity?.Resource is not { } resource || (isBeingDeleted && !isDeletingDependents))
        {
            return;
        }

        // The live object decides: the graph may be behind, and what is deleted cannot be had back.
        var live = await objects.FindAsync(resource, resource.Namespaced ? identity.Namespace : null, identity.Name, cancellationToken);
        if (live is null || live.Uid != uid)
        {
            graph.Remove(uid);
            return;
        }

        if (isDeletingDependents)
        {
            await EndForegroundAsync(resource, live, cancellationToken);
            return;
        }

        if (!live.OwnerReferences.IsEmpty)
        {
            await JudgeAsync(resource, live, cancellationToken);
        }
    }

    /// <summary>Lets an object go whose dependents are gone, all those it has to wait for.</summary>
    private async Task EndForegroundAsync(ResourceInfo resource, ObjectMeta live, CancellationToken cancellationToken)
    {
        var blocking = graph.Read(
            live.Uid, static node => node.BlockingDependents().Select(static dependent => (dependent.Identity.Uid, dependent.IsDeletingDependents)).ToList(), []);
        if (blocking.Count == 0)
        {
            await RemoveFinalizerAsync(objects, resource, live, OwnerNode.ForegroundFinalizer, cancellationToken);
            return;
        }

        foreach (var (uid, isDeletingDependents) in blocking)
        {
            if (!isDeletingDependents)
            {
                deletions.Add(uid);
            }
        }
    }

    private async Task JudgeAsync(ResourceInfo resource, ObjectMeta live, CancellationToken cancellationToken)
    {
        var owners = await OwnerStates.FindAsync(objects, resourceOf, live, cancellationToken);

        // 1. Someone still owns it: it stays, and forgets those who do not. A reference that cannot be followed is no proof of
        //    an owner's absence.
        if (owners.Solid.Count > 0 || owners.Invalid.Count > 0)
        {
            if (owners.Solid.Count > 0 && owners.Dangling.Count + owners.Waiting.Count > 0)
            {
                var kept = owners.Solid.Concat(owners.Invalid).ToApiList();
                await objects.PatchAsync(resource, live, kept, live.Finalizers, cancellationToken);
            }

            if (owners.Solid.Count == 0 && owners.Unknown is { } unknown)
            {
                throw new UnknownOwnerException(unknown.ApiVersion, unknown.Kind);
            }

            return;
        }

        // 2. An owner waits for it, and it has dependents itself: they go first. Two that wait for each other would wait for ever.
        if (owners.Waiting.Count > 0 && graph.Read(live.Uid, static node => node.Dependents.Count > 0, false))
        {
            if (graph.Read(live.Uid, static node => node.Dependents.Any(static dependent => dependent.IsDeletingDependents), false))
            {
                live = await UnblockAsync(resource, live, cancellationToken) ?? live;
            }

            await objects.DeleteAsync(resource, live, "Foreground", cancellationToken);
            return;
        }

        // 3. Nobody is left. How its own dependents fare was decided by who asked for its deletion, if somebody did.
        var policy = live.Finalizers.Contains(OwnerNode.OrphanFinalizer) ? "Orphan"
            : live.Finalizers.Contains(OwnerNode.ForegroundFinalizer) ? "Foreground"
            : "Background";
        await objects.DeleteAsync(resource, live, policy, cancellationToken);
    }

    private async Task<ObjectMeta?> UnblockAsync(ResourceInfo resource, ObjectMeta live, CancellationToken cancellationToken)
    {
        var owners = live.OwnerReferences.Select(static owner => owner with { BlockOwnerDeletion = false }).ToApiList();
        await objects.PatchAsync(resource, live, owners, live.Finalizers, cancellationToken);
        return await objects.FindAsync(resource, resource.Namespaced ? live.Namespace : null, live.Name, cancellationToken);
    }

    public static Task RemoveFinalizerAsync(ObjectMetadataApi objects, ResourceInfo resource, ObjectMeta live, string finalizer, CancellationToken cancellationToken) =>
        live.Finalizers.Contains(finalizer)
            ? objects.PatchAsync(resource, live, live.OwnerReferences, live.Finalizers.RemoveAll(present => present == finalizer), cancellationToken)
            : Task.CompletedTask;
}
