using System.Globalization;
using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>
/// The way of a changed object into the store. PUT, PATCH and the subresources differ only in how they make the new object
/// from the old one.
/// </summary>
internal static class UpdateFlow
{
    /// <summary>Tries before a write without a resourceVersion that always loses the race is given up.</summary>
    private const int AttemptsMax = 50;

    /// <summary>Runs an update to its end.</summary>
    /// <returns>The object as stored, or as removed when the update took away the last finalizer.</returns>
    /// <exception cref="StatusException">404, 409, 422 and what admission and the change refuse with.</exception>
    public static async Task<StoredObject> RunAsync(
        ResourceEndpoint endpoint, RequestContext request, ObjectChange change, WriteOptions options, CancellationToken cancellationToken) =>
        (await RunOrCreateAsync(endpoint, request, change, options, cancellationToken)).Object;

    /// <summary>Runs an update to its end; a change that can, creates the object when there is none.</summary>
    /// <exception cref="StatusException">403, 404, 409, 422 and what admission and the change refuse with.</exception>
    public static async Task<WriteResult> RunOrCreateAsync(
        ResourceEndpoint endpoint, RequestContext request, ObjectChange change, WriteOptions options, CancellationToken cancellationToken)
    {
        var info = request.Info;
        var name = change.Name ?? info.Name;
        for (var attempt = 1; ; attempt++)
        {
            var current = await endpoint.Store.FindAsync(info.Namespace, name, cancellationToken);
            var outcome = current is { } existing
                ? await TryAsync(endpoint, request, change, options, existing, cancellationToken)
                : await TryCreateAsync(endpoint, request, change, options, cancellationToken);
            if (outcome is { } stored)
            {
                return new WriteResult(stored, IsCreated: current is null);
            }

            if (attempt == AttemptsMax || change.IsConditional)
            {
                throw new StatusException(Statuses.Modified(endpoint.Info.GroupResource, name));
            }
        }
    }

    /// <summary>Creates the missing object; null when somebody else did meanwhile.</summary>
    private static async Task<StoredObject?> TryCreateAsync(
        ResourceEndpoint endpoint, RequestContext request, ObjectChange change, WriteOptions options, CancellationToken cancellationToken)
    {
        var value = await change.CreateAsync(cancellationToken) ?? throw new StatusException(Statuses.NotFound(endpoint.Info.GroupResource, change.Name ?? request.Info.Name));

        // The right to update or patch does not include the right to create.
        var decision = await endpoint.Authorizer.AuthorizeAsync(RequestAttributes.OfCreate(request.User, request.Info));
        if (!decision.IsAllowed)
        {
            throw new StatusException(Statuses.Forbidden(endpoint.Info.GroupResource, request.Info.Name, decision.Reason));
        }

        return await CreateFlow.TryRunAsync(endpoint, request, value, options, cancellationToken);
    }

    private static async Task<StoredObject?> TryAsync(
        ResourceEndpoint endpoint, RequestContext request, ObjectChange change, WriteOptions options, StoredObject current, CancellationToken cancellationToken)
    {
        var old = current.Decode();

        // 1. The new object, as the client wants it.
        var value = await change.ApplyAsync(old, cancellationToken);
        CheckPreconditions(endpoint, old, value, change);

        // 2. Who set which field; also of those that the server then sets back.
        value = change.TracksFields ? value : await endpoint.Fields.UpdateAsync(old, value, options.FieldManager, change.Subresource, endpoint.Now(), cancellationToken);
        value = value with { Metadata = ObjectMetaRules.ForUpdate(value.Metadata, old.Metadata) };

        // 3. Mutating admission.
        var admission = new AdmissionRequest(AdmissionOperation.Update, endpoint.Type, request)
        {
            Namespace = old.Metadata.Namespace,
            Name = old.Metadata.Name,
            Subresource = change.Subresource,
            DryRun = options.DryRun,
            Options = OperationOptions.Update(options),
            DecodeBody = change.DecodeBody,
            Object = change.ForAdmission(value),
            OldObject = change.ForAdmission(old),
        };
        value = await MutateAsync(endpoint, change, admission, value, cancellationToken);

        // 4. What this kind of update must not change.
        value = WithoutNewTimes(value, old);
        value = change.Prepare(value, old);
        value = value is IRecordsTimes timed ? timed.WithTimes(old, endpoint.Now()) : value;
        value = value is ITimestamped stamped ? stamped.WithTime(endpoint.Now()) : value;
        value = WithGeneration(value, old, change);

        // 5. Reserve what the kind shares with others.
        var reservation = endpoint.Hook is null || change.Subresource.Length > 0
            ? null
            : await endpoint.Hook.BeginWriteAsync(value, old, options.DryRun, cancellationToken);
        value = reservation?.Value ?? value;
        var committed = false;
        try
        {
            // 6. Validation.
            var errors = new FieldErrors();
            ObjectMetaValidation.ValidateUpdate(value, old, endpoint.Info, errors);
            change.Validate(value, old, errors);
            CreateFlow.Warn(admission, errors.Warnings);
            if (errors.Count > 0)
            {
                throw new StatusException(Statuses.Invalid(endpoint.ErrorGroup, endpoint.Info.Kind, value.Metadata.Name, errors));
            }

            CreateFlow.Warn(admission, change.Subresource.Length == 0 ? (value as IWarnsOnUpdate)?.UpdateWarnings(old) : null);

            // 7. Validating admission.
            if (!change.IsAdmitted)
            {
                admission.Object = change.ForAdmission(value);
                await endpoint.Admission.ValidateAsync(admission, cancellationToken);
            }

            // 8. The store. Whoever holds a reservation must learn whether the write happened, even when its client has gone.
            var stored = await StoreAsync(endpoint, current, old, value, options, reservation is null ? cancellationToken : CancellationToken.None);
            committed = stored is not null && !options.DryRun;
            return stored;
        }
        finally
        {
            if (reservation is not null)
            {
                await reservation.EndAsync(committed);
            }
        }
    }

    private static async ValueTask<ApiObject> MutateAsync(
        ResourceEndpoint endpoint, ObjectChange change, AdmissionRequest admission, ApiObject value, CancellationToken cancellationToken)
    {
        if (change.IsAdmitted)
        {
            return value;
        }

        var before = admission.Object;
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        return ReferenceEquals(admission.Object, before) ? value : change.WithAdmitted(value, admission.Object!);
    }

    private static async Task<StoredObject?> StoreAsync(
        ResourceEndpoint endpoint, StoredObject current, ApiObject old, ApiObject value, WriteOptions options, CancellationToken cancellationToken)
    {
        var encoded = await endpoint.Store.EncodeAsync(value, current.Revision, cancellationToken);
        if (encoded.Value.Span.SequenceEqual(current.Pair.Value.Span))
        {
            // Nothing changed: no write, no new revision, no event.
            return current;
        }

        var isFinished = old.Metadata.DeletionTimestamp is not null && value.Metadata.Finalizers.Count == 0
            && (value.Metadata.DeletionGracePeriodSeconds ?? 0) == 0 && !NamespaceRemoval.IsKept(value);
        if (options.DryRun)
        {
            return await endpoint.Store.PretendAsync(encoded, cancellationToken);
        }

        if (!isFinished)
        {
            return await endpoint.Store.TryPutAsync(encoded, current.Revision, cancellationToken);
        }

        if (!await endpoint.Store.TryDeleteAsync(current, cancellationToken))
        {
            return null;
        }

        if (endpoint.Hook is not null)
        {
            await endpoint.Hook.AfterDeleteAsync(value);
        }

        return await endpoint.Store.PretendAsync(encoded, cancellationToken);
    }

    /// <summary>The conflict when the object is not the one that the client means.</summary>
    public static Status OtherUid(ResourceEndpoint endpoint, ApiObject old, string uid) =>
        OtherState(endpoint, old, $"UID in precondition: {uid}, UID in object meta: {old.Metadata.Uid}");

    /// <summary>The conflict of a write that is meant for another state of the object.</summary>
    /// <param name="difference">What was expected and what is so, in upstream's words.</param>
    public static Status OtherState(ResourceEndpoint endpoint, ApiObject old, string difference)
    {
        var (key, name) = (endpoint.Store.KeyOf(old.Metadata.Namespace, old.Metadata.Name), old.Metadata.Name);
        return Statuses.Conflict(
            endpoint.Info.GroupResource,
            name,
            $"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: {difference}");
    }

    private static void CheckPreconditions(ResourceEndpoint endpoint, ApiObject old, ApiObject value, ObjectChange change)
    {
        var name = old.Metadata.Name;
        if (change.IsReplace && value.Metadata.Uid.Length > 0 && value.Metadata.Uid != old.Metadata.Uid)
        {
            throw new StatusException(OtherUid(endpoint, old, value.Metadata.Uid));
        }

        var version = value.Metadata.ResourceVersion;
        if (version.Length == 0 || version == "0")
        {
            if (!endpoint.Info.UnconditionalUpdate && change.NeedsVersion)
            {
                var errors = new FieldErrors();
                errors.InvalidPlain(FieldPath.Root.Child("metadata", "resourceVersion"), "0x0", "must be specified for an update");
                throw new StatusException(Statuses.Invalid(endpoint.Info.Group, endpoint.Info.Resource, name, errors));
            }

            return;
        }

        if (!ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var problem = $"strconv.ParseUint: parsing {FieldErrors.Quote(version)}: invalid syntax";
            throw new StatusException(Statuses.Unknown(500, change.IsReplace ? $"resourceVersion: Invalid value: {FieldErrors.Quote(version)}: {problem}" : problem));
        }

        if (version != old.Metadata.ResourceVersion)
        {
            throw new StatusException(Statuses.Modified(endpoint.Info.GroupResource, name));
        }

        change.IsConditional |= change.IsReplace;
    }

    /// <summary>An update that changes nothing but when managers last changed something leaves that as it was, too.</summary>
    private static ApiObject WithoutNewTimes(ApiObject value, ApiObject old)
    {
        var (given, known) = (value.Metadata.ManagedFields, old.Metadata.ManagedFields);
        var isSame = !given.IsEmpty && given.Count == known.Count
            && given.Zip(known).All(static pair => pair.First with { Time = null } == pair.Second with { Time = null });
        if (!isSame || given == known)
        {
            return value;
        }

        var unchanged = value with { Metadata = value.Metadata with { ManagedFields = known } };
        return unchanged == old ? unchanged : value;
    }

    private static ApiObject WithGeneration(ApiObject value, ApiObject old, ObjectChange change)
    {
        if (value is not IHasGeneration counted || !change.CountsGeneration)
        {
            return value;
        }

        var generation = old.Metadata.Generation + (counted.SpecEquals(old) ? 0 : 1);
        return value with { Metadata = value.Metadata with { Generation = generation } };
    }
}
