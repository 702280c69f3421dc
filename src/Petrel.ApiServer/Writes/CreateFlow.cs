using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>The way of a new object into the store; POST and a PUT that creates go through here.</summary>
internal static class CreateFlow
{
    /// <summary>Tries before a generated name that is always taken is given up.</summary>
    private const int GeneratedNamesMax = 8;

    /// <summary>Whoever holds a reservation must learn whether the write happened, even when its client has gone.</summary>
    private static readonly CancellationToken UntilKnown = CancellationToken.None;

    /// <param name="value">Decoded and defaulted, with the namespace of the request and its managers.</param>
    /// <exception cref="StatusException">409 when the name is taken, 422, and what admission refuses with.</exception>
    public static async Task<StoredObject> RunAsync(
        ResourceEndpoint endpoint, RequestContext request, ApiObject value, WriteOptions options, CancellationToken cancellationToken) =>
        await TryRunAsync(endpoint, request, value, options, cancellationToken)
            ?? throw new StatusException(Statuses.AlreadyExists(endpoint.Info.GroupResource, value.Metadata.Name));

    /// <summary>Like <see cref="RunAsync"/>, but null when the name is taken.</summary>
    public static async Task<StoredObject?> TryRunAsync(
        ResourceEndpoint endpoint, RequestContext request, ApiObject value, WriteOptions options, CancellationToken cancellationToken)
    {
        // 1. Mutating admission.
        var admission = new AdmissionRequest(AdmissionOperation.Create, endpoint.Type, request)
        {
            Namespace = value.Metadata.Namespace,
            Name = value.Metadata.Name,
            DryRun = options.DryRun,
            Options = OperationOptions.Create(options),
            Object = value,
        };
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        value = admission.Object!;

        // 2. The name.
        for (var attempt = 1; ; attempt++)
        {
            var named = value.Metadata.Name.Length == 0 && value.Metadata.GenerateName.Length > 0
                ? value with { Metadata = value.Metadata with { Name = NameGenerator.Generate(value.Metadata.GenerateName) } }
                : value;
            var stored = await StoreAsync(endpoint, admission, named, options, cancellationToken);
            if (stored is not null)
            {
                return stored.Value;
            }

            if (ReferenceEquals(named, value))
            {
                return null;
            }

            if (attempt == GeneratedNamesMax)
            {
                throw new StatusException(Statuses.AlreadyExists(endpoint.Info.GroupResource, named.Metadata.Name));
            }
        }
    }

    /// <summary>Steps 3 to 7 for one name; null when the name is taken.</summary>
    private static async Task<StoredObject?> StoreAsync(
        ResourceEndpoint endpoint, AdmissionRequest admission, ApiObject value, WriteOptions options, CancellationToken cancellationToken)
    {
        // 3. What the server owns.
        value = value with { Metadata = ObjectMetaRules.ForCreate(value, endpoint.Now()) };
        value = value is IPrepared prepared ? prepared.PrepareForCreate() : value is IHasStatus status ? status.WithStatusOf(endpoint.Type.Empty) : value;
        value = value is IRecordsRequester requested ? requested.WithRequester(admission.User.ToApi()) : value;
        value = value is ITimestamped timed ? timed.WithTime(endpoint.Now()) : value;
        value = value is IHasGeneration ? value with { Metadata = value.Metadata with { Generation = 1 } } : value;

        // 4. Reserve what the kind shares with others.
        var reservation = endpoint.Hook is null ? null : await endpoint.Hook.BeginWriteAsync(value, old: null, options.DryRun, cancellationToken);
        value = reservation?.Value ?? value;
        var committed = false;
        try
        {
            // 5. Validation: every problem at once.
            var errors = new FieldErrors();
            ObjectMetaValidation.ValidateCreate(value, endpoint.Info, errors);
            (value as IValidated)?.Validate(errors);
            if (errors.Count > 0)
            {
                throw new StatusException(Statuses.Invalid(endpoint.ErrorGroup, endpoint.Info.Kind, value.Metadata.Name, errors));
            }

            value = value is ICompletedWhenStored incomplete ? incomplete.CompleteForStorage() : value;
            Warn(admission, (value as IWarnsOnCreate)?.CreateWarnings());

            // 6. Validating admission sees what will be stored.
            admission.Object = value;
            await endpoint.Admission.ValidateAsync(admission, cancellationToken);

            // 7. The store.
            if (options.DryRun)
            {
                var exists = await endpoint.Store.FindAsync(value.Metadata.Namespace, value.Metadata.Name, cancellationToken);
                return exists is null ? await endpoint.Store.PretendAsync(value, revision: 0, cancellationToken) : null;
            }

            var stored = await endpoint.Store.TryCreateAsync(value, reservation is null ? cancellationToken : UntilKnown);
            committed = stored is not null;
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

    internal static void Warn(AdmissionRequest admission, IEnumerable<string>? warnings)
    {
        foreach (var warning in warnings ?? [])
        {
            admission.Warn(warning);
        }
    }
}
