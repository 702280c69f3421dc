using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>
/// The way of an object out of the store: at once, or in two steps when finalizers, a grace period or the propagation
/// policy keep it for a while (kubernetes.io, "Garbage Collection" and "Finalizers").
/// </summary>
internal static class DeleteFlow
{
    private const string ForegroundFinalizer = "foregroundDeletion";
    private const string OrphanFinalizer = "orphan";

    public static async Task<DeleteResult> RunAsync(
        ResourceEndpoint endpoint, RequestContext request, string @namespace, string name, DeleteOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = await endpoint.Store.GetAsync(@namespace, name, cancellationToken);
            var old = current.Decode();
            CheckPreconditions(endpoint, old, options);
            await AdmitAsync(endpoint, request, old, dryRun, cancellationToken);
            if (await TryAsync(endpoint, current, old, options, dryRun, cancellationToken) is { } result)
            {
                return result;
            }
        }
    }

    /// <summary>One attempt; null when the object changed meanwhile.</summary>
    private static async Task<DeleteResult?> TryAsync(
        ResourceEndpoint endpoint, StoredObject current, ApiObject old, DeleteOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        var meta = WithPropagation(old.Metadata, options, endpoint.Info);
        var now = endpoint.Now();
        var grace = (old as IGracefulDelete)?.GracePeriodSeconds(options.GracePeriodSeconds) ?? 0;

        if (old.Metadata.DeletionTimestamp is { } deletion && grace > 0)
        {
            // Already on its way: the grace period can only shrink.
            var granted = old.Metadata.DeletionGracePeriodSeconds ?? 0;
            if (options.GracePeriodSeconds is null || grace >= granted)
            {
                return await KeepAsync(endpoint, current, old, meta, dryRun, cancellationToken);
            }

            meta = meta with { DeletionTimestamp = deletion.AddSeconds(grace - granted), DeletionGracePeriodSeconds = grace };
            return await KeepAsync(endpoint, current, old, meta, dryRun, cancellationToken);
        }

        if (grace > 0)
        {
            meta = Marked(meta, now.AddSeconds(grace), grace);
            return await KeepAsync(endpoint, current, old, meta, dryRun, cancellationToken);
        }

        if (meta.Finalizers.Count > 0 || NamespaceRemoval.IsKept(old))
        {
            meta = old.Metadata.DeletionTimestamp is null ? Marked(meta, now, 0) : meta with { DeletionGracePeriodSeconds = 0 };
            return await KeepAsync(endpoint, current, old, meta, dryRun, cancellationToken);
        }

        if (dryRun)
        {
            return new DeleteResult(current, IsGone: true);
        }

        // A hook must learn of the removal even when the client has gone.
        if (!await endpoint.Store.TryDeleteAsync(current, endpoint.Hook is null ? cancellationToken : CancellationToken.None))
        {
            return null;
        }

        if (endpoint.Hook is not null)
        {
            await endpoint.Hook.AfterDeleteAsync(old);
        }

        return new DeleteResult(current, IsGone: true);
    }

    private static ObjectMeta Marked(ObjectMeta meta, DateTimeOffset at, long grace) => meta with
    {
        DeletionTimestamp = at,
        DeletionGracePeriodSeconds = grace,
        Generation = meta.Generation > 0 ? meta.Generation + 1 : 0,
    };

    private static async Task<DeleteResult?> KeepAsync(
        ResourceEndpoint endpoint, StoredObject current, ApiObject old, ObjectMeta meta, bool dryRun, CancellationToken cancellationToken)
    {
        if (meta == old.Metadata)
        {
            return new DeleteResult(current, IsGone: false);
        }

        var value = NamespaceRemoval.Terminating(old with { Metadata = meta });
        if (dryRun)
        {
            return new DeleteResult(endpoint.Store.Pretend(value, current.Revision), IsGone: false);
        }

        return await endpoint.Store.TryPutAsync(value, current.Revision, cancellationToken) is { } stored ? new DeleteResult(stored, IsGone: false) : null;
    }

    /// <summary>The finalizers that the propagation policy asks for; only the garbage collector takes them away again.</summary>
    private static ObjectMeta WithPropagation(ObjectMeta meta, DeleteOptions options, ResourceInfo info)
    {
        var policy = options.PropagationPolicy ?? options.OrphanDependents switch
        {
            true => "Orphan",
            false => "Background",
            null when meta.Finalizers.Contains(OrphanFinalizer) => "Orphan",
            null when meta.Finalizers.Contains(ForegroundFinalizer) => "Foreground",
            null => info.OrphansByDefault ? "Orphan" : "Background",
        };
        var others = meta.Finalizers.Where(finalizer => finalizer is not (OrphanFinalizer or ForegroundFinalizer));
        var wanted = policy switch
        {
            "Orphan" => others.Append(OrphanFinalizer),
            "Foreground" => others.Append(ForegroundFinalizer),
            _ => others,
        };
        var list = wanted.ToList();
        return list.SequenceEqual(meta.Finalizers) ? meta : meta with { Finalizers = [.. list] };
    }

    private static void CheckPreconditions(ResourceEndpoint endpoint, ApiObject old, DeleteOptions options)
    {
        if (options.Preconditions is not { } preconditions)
        {
            return;
        }

        var name = old.Metadata.Name;
        if (preconditions.Uid is { } uid && uid != old.Metadata.Uid)
        {
            throw new StatusException(Statuses.Conflict(
                endpoint.Info.GroupResource, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {old.Metadata.Uid}"));
        }

        if (preconditions.ResourceVersion is { } version && version != old.Metadata.ResourceVersion)
        {
            throw new StatusException(Statuses.Conflict(
                endpoint.Info.GroupResource,
                name,
                $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {old.Metadata.ResourceVersion}"));
        }
    }

    private static async ValueTask AdmitAsync(ResourceEndpoint endpoint, RequestContext request, ApiObject old, bool dryRun, CancellationToken cancellationToken)
    {
        var admission = new AdmissionRequest(AdmissionOperation.Delete, endpoint.Type, request)
        {
            Namespace = old.Metadata.Namespace,
            Name = old.Metadata.Name,
            DryRun = dryRun,
            OldObject = old,
        };
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        await endpoint.Admission.ValidateAsync(admission, cancellationToken);
    }
}
