using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>Finds the paths that an applied object states: what its applier comes to own.</summary>
internal static class FieldExtraction
{
    public static FieldSet Extract(JsonTree value, FieldStructure structure) => Below(value, structure) ?? FieldSet.Empty;

    // The paths below the value; a leaf has none.
    private static FieldSet? Below(JsonTree value, FieldStructure structure) => (structure.KindFor(value), value) switch
    {
        (FieldStructureKind.Struct or FieldStructureKind.Map, JsonMap map) => BelowMap(map, structure),
        (FieldStructureKind.List, JsonList list) => BelowList(list, structure),
        _ => null,
    };

    private static FieldSet? BelowMap(JsonMap map, FieldStructure structure)
    {
        var builder = new FieldSetBuilder();
        foreach (var (name, value) in map)
        {
            var member = structure.Find(name);
            var child = member?.Structure ?? structure.Child(name) ?? FieldStructure.Deduced;

            // A declared field whose parts are owned is not owned itself; the entry of a map is.
            var isMember = member is null || value is JsonNull or JsonMap { Count: 0 } || child.KindFor(value) == FieldStructureKind.Scalar;
            builder.Add(member?.Element ?? FieldElement.OfName(name), isMember, Below(value, child));
        }

        return builder.ToSet();
    }

    private static FieldSet? BelowList(JsonList list, FieldStructure structure)
    {
        var items = ListItems.Index(list, structure);
        var builder = new FieldSetBuilder();
        foreach (var (element, values) in items)
        {
            // Items that cannot be told apart are owned together.
            builder.Add(element, isMember: true, values.Count > 1 ? null : Below(values[0], structure.Element!));
        }

        return builder.ToSet();
    }
}
