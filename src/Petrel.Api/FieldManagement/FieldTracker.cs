using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Patch;
using Petrel.Api.Resources;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// Keeps metadata.managedFields of the objects behind one endpoint: which manager last set which field (server-side apply, KEP-555).
/// </summary>
/// <param name="Structure">How the fields of the kind are owned.</param>
/// <param name="Kind">The version and kind that the endpoint serves.</param>
/// <param name="Empty">An object of the kind with no field set, as it is written: what is not in it was set by someone.</param>
public sealed record FieldTracker(FieldStructure Structure, GroupVersionKind Kind, JsonMap Empty)
{
    // Owns the fields of an object that has no managers when it is first applied to.
    private const string BeforeFirstApply = "before-first-apply";

    private const string NobodysName = "unknown";

    // What every object has or the server sets is never owned.
    private static readonly FieldSet Unowned = FieldSet.Of(
        ["apiVersion"], ["kind"], ["metadata"], ["metadata", "name"], ["metadata", "namespace"], ["metadata", "creationTimestamp"], ["metadata", "selfLink"],
        ["metadata", "uid"], ["metadata", "clusterName"], ["metadata", "generation"], ["metadata", "managedFields"], ["metadata", "resourceVersion"]);

    /// <summary>The subresource that is written; empty for the main resource.</summary>
    public string Subresource { get; init; } = string.Empty;

    /// <summary>The versions of the kind where their fields differ; null when all versions have the same.</summary>
    public IFieldVersions? Versions { get; init; }

    /// <summary>Fields that writes to this endpoint do not change: <c>status</c> for main resources, the rest for a status subresource.</summary>
    public FieldSet ResetFields { get; init; } = FieldSet.Empty;

    /// <summary>The managers of a new object. What its creator sent as managedFields does not count.</summary>
    public ApiList<ManagedFieldsEntry> Create(JsonMap created, string manager, DateTimeOffset now)
    {
        // There is nobody yet from whom something could be taken.
        var managers = new ManagerList();
        TakeNew(managers, Empty, created, manager, now);
        return managers.ToEntries();
    }

    /// <summary>
    /// The managers after an update (PUT, or a patch other than apply). A client may state managers of its own, but not through a
    /// subresource; a list that is empty, or has one empty entry, removes all.
    /// </summary>
    /// <exception cref="Resources.ConversionException">The object cannot be had in a version in which managers name what they own.</exception>
    public async ValueTask<ApiList<ManagedFieldsEntry>> UpdateAsync(
        JsonMap live,
        ApiList<ManagedFieldsEntry> liveManagers,
        JsonMap updated,
        ApiList<ManagedFieldsEntry> statedManagers,
        string manager,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var stated = Subresource.Length > 0 ? default : statedManagers;
        if (!stated.IsNil && (stated.IsEmpty || (stated.Count == 1 && stated[0] == ManagedFieldsEntry.Empty)))
        {
            return default;
        }

        var isStated = ManagerList.TryRead(stated, out var managers) && !managers.IsEmpty;
        if (!isStated)
        {
            ManagerList.TryRead(liveManagers, out managers);
        }

        // Objects whose managers were removed are not tracked again until they are applied to.
        if (managers.IsEmpty)
        {
            return default;
        }

        var changed = await TrackAsync(managers, live, updated, manager, now, cancellationToken);
        return !changed && !isStated ? liveManagers : managers.ToEntries();
    }

    /// <summary>Applies a configuration: sets its fields, removes those that the manager applied before and now leaves out.</summary>
    /// <param name="live">The stored object; <see cref="Empty"/> when there is none.</param>
    /// <param name="liveManagers">Its metadata.managedFields.</param>
    /// <param name="applied">The configuration.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="force">Take fields over from others instead of refusing.</param>
    /// <param name="now">The time to note.</param>
    /// <exception cref="Resources.ConversionException">The object cannot be had in a version in which managers name what they own.</exception>
    public async ValueTask<ApplyOutcome> ApplyAsync(
        JsonMap live, ApiList<ManagedFieldsEntry> liveManagers, JsonMap applied, string manager, bool force, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (FindError(applied) is { } failure)
        {
            return ApplyOutcome.Refused(failure);
        }

        live = WithoutManagedFields(live);
        ManagerList.TryRead(liveManagers, out var managers);
        if (managers.IsEmpty)
        {
            TakeNew(managers, Empty, live, BeforeFirstApply, now);
        }

        var self = Identify(manager, ManagerEntry.Apply);
        var last = managers.Find(self);
        var set = FieldExtraction.Extract(applied, Structure).RecursiveDifference(ResetFields);
        self = self with { Set = set, Time = last?.Time };
        managers.Set(self);

        var merged = FieldMerge.Merge(live, applied, Structure);
        var result = last is null ? merged : await FieldPruning.PruneAsync(merged, last, managers, this, cancellationToken);
        var changes = await ChangesByVersion.OfAsync(live, result, FieldComparison.Compare(live, result, Structure).Except(ResetFields), this, managers, Versions, cancellationToken);
        if (!force && FindConflicts(managers, changes, self, live) is { Count: > 0 } conflicts)
        {
            return ApplyOutcome.Refused(ApplyConflicts.ToFailure(conflicts));
        }

        // The time is that of the last apply that changed something, be it the order of a list.
        var isSame = result.Equals(live);
        managers.Disown(changes, except: self);
        managers.Set(self with { Set = set.Difference(Unowned), Time = isSame ? self.Time : now });
        managers.RemoveEmpty(self);
        result = isSame ? live : result;
        return ApplyOutcome.Applied(manager == LastApplied.Manager ? LastApplied.Refresh(result, applied) : result, managers.ToEntries());
    }

    // True when the managers changed.
    private async ValueTask<bool> TrackAsync(ManagerList managers, JsonMap old, JsonMap changed, string manager, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (old, changed) = (WithoutManagedFields(old), WithoutManagedFields(changed));
        var changes = FieldComparison.Compare(old, changed, Structure).Except(ResetFields);
        var taken = changes.Set.Difference(Unowned);
        if (taken.IsEmpty && changes.Removed.IsEmpty)
        {
            return false;
        }

        managers.Disown(await ChangesByVersion.OfAsync(old, changed, changes, this, managers, Versions, cancellationToken), except: null);
        Take(managers, taken, manager, now);
        return true;
    }

    // What is set in an object that belongs to nobody.
    private void TakeNew(ManagerList managers, JsonMap old, JsonMap changed, string manager, DateTimeOffset now) =>
        Take(managers, FieldComparison.Compare(WithoutManagedFields(old), WithoutManagedFields(changed), Structure).Except(ResetFields).Set.Difference(Unowned), manager, now);

    private void Take(ManagerList managers, FieldSet taken, string manager, DateTimeOffset now)
    {
        if (!taken.IsEmpty)
        {
            var self = Identify(manager, ManagerEntry.Update);
            managers.Set(self with { Set = (managers.Find(self)?.Set ?? FieldSet.Empty).Union(taken), Time = now });
        }

        managers.MergeOldUpdaters();
    }

    private List<(ManagerEntry Manager, FieldSet Fields)> FindConflicts(ManagerList managers, ChangesByVersion changes, ManagerEntry self, JsonMap live)
    {
        var conflicts = managers.ConflictsWith(changes, except: self);
        if (conflicts.Count == 0 || self.Manager != LastApplied.Manager)
        {
            return conflicts;
        }

        // What kubectl itself applied from the client side before is its own.
        var own = LastApplied.OwnedFields(live, Structure);
        return [.. conflicts.Select(conflict => (conflict.Manager, Fields: conflict.Fields.Difference(own))).Where(static conflict => !conflict.Fields.IsEmpty)];
    }

    private PatchFailure? FindError(JsonMap applied)
    {
        var (apiVersion, kind) = (applied.FindText("apiVersion") ?? string.Empty, applied.FindText("kind") ?? string.Empty);
        var groupVersion = apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion : "/" + apiVersion;
        if (apiVersion != Kind.ApiVersion || kind != Kind.Kind)
        {
            return PatchFailure.BadRequest($"invalid object type: {groupVersion}, Kind={kind}");
        }

        var metadata = applied.FindMap("metadata");
        if (metadata?.Find("managedFields") is { IsNull: false })
        {
            return PatchFailure.BadRequest("metadata.managedFields must be nil");
        }

        return FieldValidation.FindError(applied, Structure) is { } error
            ? PatchFailure.Internal(
                $"failed to create typed patch object ({metadata?.FindText("namespace")}/{metadata?.FindText("name")}; {groupVersion}, Kind={kind}): {error}")
            : null;
    }

    private ManagerEntry Identify(string manager, string operation) =>
        new(manager.Length == 0 ? NobodysName : manager, operation, Kind.ApiVersion, Subresource, null, FieldSet.Empty);

    private static JsonMap WithoutManagedFields(JsonMap value) =>
        value.FindMap("metadata") is { } metadata && metadata.ContainsKey("managedFields") ? value.With("metadata", metadata.Without("managedFields")) : value;
}
