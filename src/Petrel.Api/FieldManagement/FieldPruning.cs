using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// Removes what an applier applied last time and leaves out this time, unless someone else (or its new configuration) owns it.
/// </summary>
internal static class FieldPruning
{
    /// <param name="merged">The live object with the new configuration laid over it.</param>
    /// <param name="last">What the applier owned before.</param>
    /// <param name="managers">Who owns what now, the applier with its new configuration included.</param>
    /// <param name="tracker">The version that is written, and the others.</param>
    public static async ValueTask<JsonMap> PruneAsync(JsonMap merged, ManagerEntry last, ManagerList managers, FieldTracker tracker, CancellationToken cancellationToken)
    {
        var version = tracker.Kind.ApiVersion;
        if (last.Set.Difference(tracker.Versions is null ? managers.Owned() : last.ApiVersion == version ? managers.OwnedIn(version) : FieldSet.Empty).IsEmpty)
        {
            return merged;
        }

        if (tracker.Versions is not { } versions)
        {
            return Prune(merged, last.Set, managers.Owned(), tracker.Structure);
        }

        // What the applier named in a version that is gone, nobody can tell from the rest any more.
        if (versions.StructureOf(last.ApiVersion) is not { } structure)
        {
            return merged;
        }

        // 1. Without everything the applier owned, in the version in which it named that.
        var lastMerged = (await versions.ConvertAsync([merged], last.ApiVersion, cancellationToken))[0];
        var lastNamed = FieldRemoval.WithNamedFields(last.Set, structure);
        var pruned = AsMap(FieldRemoval.Remove(lastMerged, lastNamed, structure));
        pruned = PutBack(lastMerged, pruned, managers.OwnedIn(last.ApiVersion), structure);

        // 2. With what is owned put back, in the versions in which others name it.
        foreach (var other in managers.Versions.Where(other => other != last.ApiVersion).ToList())
        {
            if (versions.StructureOf(other) is { } otherStructure)
            {
                var converted = await versions.ConvertAsync([merged, pruned], other, cancellationToken);
                pruned = PutBack(converted[0], converted[1], managers.OwnedIn(other), otherStructure);
            }
        }

        // 3. With what nobody owns, and so the applier did not either, put back.
        pruned = (await versions.ConvertAsync([pruned], last.ApiVersion, cancellationToken))[0];
        pruned = WithUnowned(lastMerged, pruned, lastNamed, structure);
        return (await versions.ConvertAsync([pruned], version, cancellationToken))[0];
    }

    // The same where all versions have the same fields.
    private static JsonMap Prune(JsonMap merged, FieldSet last, FieldSet owned, FieldStructure structure)
    {
        var lastNamed = FieldRemoval.WithNamedFields(last, structure);
        var pruned = PutBack(merged, FieldRemoval.Remove(merged, lastNamed, structure), owned, structure);
        return WithUnowned(merged, pruned, lastNamed, structure);
    }

    private static JsonMap PutBack(JsonMap merged, JsonTree pruned, FieldSet owned, FieldStructure structure)
    {
        var kept = NamedFieldsOf(pruned, structure).Union(FieldRemoval.WithNamedFields(owned, structure));
        return AsMap(FieldRemoval.Remove(merged, NamedFieldsOf(merged, structure).Difference(kept), structure));
    }

    private static JsonMap WithUnowned(JsonMap merged, JsonMap pruned, FieldSet last, FieldStructure structure) =>
        AsMap(FieldRemoval.Remove(merged, NamedFieldsOf(merged, structure).Difference(NamedFieldsOf(pruned, structure)).Intersect(last), structure));

    private static JsonMap AsMap(JsonTree value) => value as JsonMap ?? JsonMap.Empty;

    private static FieldSet NamedFieldsOf(JsonTree value, FieldStructure structure) =>
        FieldRemoval.WithNamedFields(FieldExtraction.Extract(value, structure), structure);
}
