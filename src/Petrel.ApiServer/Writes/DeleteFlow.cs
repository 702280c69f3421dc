using Petrel.Api;
using Petrel.Api.ApiExtensions;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.CustomResources;
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

    /// <param name="isOneOfMany">The object is deleted with its collection, which upstream lets also take those that nobody may delete one by one.</param>
    public static async Task<DeleteResult> RunAsync(
        ResourceEndpoint endpoint,
        RequestContext request,
        string @namespace,
        string name,
        DeleteOptions options,
        bool dryRun,
        CancellationToken cancellationToken,
        bool isOneOfMany = false)
    {
        while (true)
        {
            var current = await endpoint.Store.GetAsync(@namespace, name, cancellationToken);
            var old = current.Decode();
            if (!isOneOfMany && (old as IProtected)?.DeletionRefusal is { } refusal)
            {
                throw new StatusException(Statuses.Forbidden(endpoint.Info.GroupResource, name, refusal));
            }

            CheckPreconditions(endpoint, old, options);
            await AdmitAsync(endpoint, request, old, options, dryRun, cancellationToken);
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
        var now = endpoint.Now();
        var before = old;
        old = DefinitionRemoval.Begun(old, now);

        // 1. Time to end, for kinds that need it.
        var meta = old.Metadata;
        var grace = 0L;
        if (old is IGracefulDelete graceful && (meta.DeletionTimestamp is null || meta.DeletionGracePeriodSeconds is > 0))
        {
            (meta, grace) = WithGrace(meta, graceful, options, now);
            if (ReferenceEquals(meta, old.Metadata))
            {
                // On its way, and its time only shrinks.
                return new DeleteResult(current, IsGone: false);
            }
        }

        // 2. What must happen to others first. Definitions are only begun with the first time, whatever the policy.
        meta = before is CustomResourceDefinition { Metadata.DeletionTimestamp: null } ? meta : WithPropagation(meta, options, endpoint.Info);
        var isKept = meta.Finalizers.Count > 0 || NamespaceRemoval.IsKept(old);
        if (isKept && grace == 0)
        {
            meta = Marked(meta, now, 0);
            meta = old is Namespace or CustomResourceDefinition ? meta with { DeletionGracePeriodSeconds = null } : meta;
        }

        // 3. Who watches sees the object marked before it goes.
        var isMarked = meta != before.Metadata;
        if (isMarked)
        {
            var value = NamespaceRemoval.Terminating(old with { Metadata = meta });
            if (dryRun)
            {
                return new DeleteResult(await endpoint.Store.PretendAsync(value, current.Revision, cancellationToken), IsGone: !isKept && grace == 0);
            }

            if (await endpoint.Store.TryPutAsync(value, current.Revision, cancellationToken) is not { } marked)
            {
                return null;
            }

            (current, old) = (marked, value);
        }

        if (isKept || grace > 0)
        {
            return new DeleteResult(current, IsGone: false);
        }

        // 4. The end.
        return dryRun ? new DeleteResult(current, IsGone: true) : await EndAsync(endpoint, current, old, isMarked, cancellationToken);
    }

    /// <summary>Takes the object out; null when it changed meanwhile and was not marked here.</summary>
    private static async Task<DeleteResult?> EndAsync(ResourceEndpoint endpoint, StoredObject current, ApiObject old, bool isMarked, CancellationToken cancellationToken)
    {
        // A hook must learn of the removal even when the client has gone.
        var removal = endpoint.Hook is null ? cancellationToken : CancellationToken.None;
        while (!await endpoint.Store.TryDeleteAsync(current, removal))
        {
            if (!isMarked)
            {
                return null;
            }

            // Who saw the mark may have written once more, or even have ended the object first, which is what was asked for.
            if (await endpoint.Store.FindAsync(old.Metadata.Namespace, old.Metadata.Name, removal) is not { } found
                || found.Decode().Metadata is var meta && meta.Uid != old.Metadata.Uid)
            {
                return new DeleteResult(current, IsGone: true);
            }

            current = found;
            if (meta.Finalizers.Count > 0)
            {
                return new DeleteResult(current, IsGone: false);
            }
        }

        if (endpoint.Hook is not null)
        {
            await endpoint.Hook.AfterDeleteAsync(old);
        }

        return new DeleteResult(current, IsGone: true);
    }

    /// <summary>The metadata marked with the time to end; the same instance when a deletion under way stays as it is.</summary>
    private static (ObjectMeta Meta, long Seconds) WithGrace(ObjectMeta meta, IGracefulDelete graceful, DeleteOptions options, DateTimeOffset now)
    {
        if (meta is { DeletionTimestamp: { } deletion, DeletionGracePeriodSeconds: { } granted })
        {
            var wanted = options.GracePeriodSeconds is < 0 ? 1 : options.GracePeriodSeconds ?? granted;
            return wanted >= granted
                ? (meta, granted)
                : (meta with { DeletionTimestamp = deletion.AddSeconds(wanted - granted), DeletionGracePeriodSeconds = wanted }, wanted);
        }

        var seconds = graceful.GracePeriodSeconds(options.GracePeriodSeconds);
        return (Marked(meta, now.AddSeconds(seconds), seconds), seconds);
    }

    /// <summary>The metadata of an object that is being deleted.</summary>
    private static ObjectMeta Marked(ObjectMeta meta, DateTimeOffset at, long grace) => meta with
    {
        DeletionTimestamp = meta.DeletionTimestamp is { } earlier && earlier <= at ? earlier : at,
        DeletionGracePeriodSeconds = grace,
        Generation = meta.Generation > 0 && meta.DeletionTimestamp is null ? meta.Generation + 1 : meta.Generation,
    };

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

        // Upstream's namespaces have words of their own.
        if (old is Namespace)
        {
            CheckNamespacePreconditions(endpoint, old, preconditions);
        }

        // Upstream names the kind where a resource is due.
        var (kind, name) = (new GroupResource(endpoint.Info.Group, endpoint.Info.Kind), old.Metadata.Name);
        if (preconditions.Uid is { } uid && uid != old.Metadata.Uid)
        {
            throw new StatusException(Statuses.Conflict(
                kind, name, $"the UID in the precondition ({uid}) does not match the UID in record ({old.Metadata.Uid}). The object might have been deleted and then recreated"));
        }

        if (preconditions.ResourceVersion is { } version && version != old.Metadata.ResourceVersion)
        {
            throw new StatusException(Statuses.Conflict(
                kind, name, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({old.Metadata.ResourceVersion}). The object might have been modified"));
        }
    }

    private static void CheckNamespacePreconditions(ResourceEndpoint endpoint, ApiObject old, Preconditions preconditions)
    {
        if (preconditions.Uid is { } uid && uid != old.Metadata.Uid)
        {
            throw Failed("UID", uid, old.Metadata.Uid);
        }

        if (preconditions.ResourceVersion is { } version && version != old.Metadata.ResourceVersion)
        {
            throw Failed("ResourceVersion", version, old.Metadata.ResourceVersion);
        }

        StatusException Failed(string what, string wanted, string found) => new(Statuses.Conflict(
            endpoint.Info.GroupResource, old.Metadata.Name, $"Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"));
    }

    private static async ValueTask AdmitAsync(ResourceEndpoint endpoint, RequestContext request, ApiObject old, DeleteOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        var admission = new AdmissionRequest(AdmissionOperation.Delete, endpoint.Type, request)
        {
            Namespace = old.Metadata.Namespace,
            Name = old.Metadata.Name,
            DryRun = dryRun,
            Options = OperationOptions.Delete(options),
            OldObject = old,
        };
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        await endpoint.Admission.ValidateAsync(admission, cancellationToken);
    }
}
