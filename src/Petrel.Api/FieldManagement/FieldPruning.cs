using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// Removes what an applier applied last time and leaves out this time, unless someone else (or its new configuration) owns it.
/// </summary>
internal static class FieldPruning
{
    /// <param name="merged">The live object with the new configuration laid over it.</param>
    /// <param name="last">What the applier owned before.</param>
    /// <param name="owned">What anyone owns now, the applier with its new configuration included.</param>
    /// <param name="structure">The structure of the object.</param>
    public static JsonMap Prune(JsonMap merged, FieldSet last, FieldSet owned, FieldStructure structure)
    {
        if (last.Difference(owned).IsEmpty)
        {
            return merged;
        }

        // 1. Without everything the applier owned.
        var lastNamed = FieldRemoval.WithNamedFields(last, structure);
        var pruned = FieldRemoval.Remove(merged, lastNamed, structure);

        // 2. With what is owned put back.
        var mergedNamed = FieldRemoval.WithNamedFields(FieldExtraction.Extract(merged, structure), structure);
        var ownedNamed = FieldRemoval.WithNamedFields(owned, structure);
        pruned = FieldRemoval.Remove(merged, mergedNamed.Difference(NamedFieldsOf(pruned, structure).Union(ownedNamed)), structure);

        // 3. With what nobody owns, and so the applier did not either, put back.
        return (FieldRemoval.Remove(merged, mergedNamed.Difference(NamedFieldsOf(pruned, structure)).Intersect(lastNamed), structure) as JsonMap) ?? JsonMap.Empty;
    }

    private static FieldSet NamedFieldsOf(JsonTree value, FieldStructure structure) =>
        FieldRemoval.WithNamedFields(FieldExtraction.Extract(value, structure), structure);
}
