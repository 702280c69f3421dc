using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>Takes fields out of an object.</summary>
internal static class FieldRemoval
{
    /// <summary>The value without the fields of the set. A collection that loses all its parts becomes null.</summary>
    public static JsonTree Remove(JsonTree value, FieldSet removed, FieldStructure structure)
    {
        if (removed.IsEmpty)
        {
            return value;
        }

        return (structure.KindFor(value), value) switch
        {
            (FieldStructureKind.Struct or FieldStructureKind.Map, JsonMap map) => RemoveFromMap(map, removed, structure),
            (FieldStructureKind.List, JsonList list) => RemoveFromList(list, removed, structure),
            _ => value,
        };
    }

    /// <summary>
    /// The set with the declared fields on the way to its paths added: they are not owned themselves, but go when all below them goes.
    /// </summary>
    public static FieldSet WithNamedFields(FieldSet set, FieldStructure? structure)
    {
        var builder = new FieldSetBuilder();
        foreach (var entry in set.Entries)
        {
            var member = structure is not null && entry.Element[0] == 'f' ? structure.Find(entry.Element[2..]) : null;
            var child = member?.Structure ?? (entry.Element[0] is 'f' or 'k' ? structure?.Element : null);
            var children = entry.Children is null ? null : WithNamedFields(entry.Children, child);
            builder.Add(entry.Element, entry.IsMember || (member is not null && children is not null), children);
        }

        return builder.ToSet() ?? FieldSet.Empty;
    }

    private static JsonTree RemoveFromMap(JsonMap map, FieldSet removed, FieldStructure structure)
    {
        var kept = new JsonMapBuilder(map.Count);
        foreach (var (name, value) in map)
        {
            var element = structure.Find(name)?.Element ?? FieldElement.OfName(name);
            if (!removed.HasMember(element))
            {
                kept.Set(name, removed.Below(element) is { } below ? Remove(value, below, structure.Child(name) ?? FieldStructure.Deduced) : value);
            }
        }

        return map.Count > 0 && kept.Count == 0 ? JsonTree.Null : kept.ToMap();
    }

    private static JsonTree RemoveFromList(JsonList list, FieldSet removed, FieldStructure structure)
    {
        var kept = new List<JsonTree>(list.Count);
        foreach (var item in list)
        {
            var element = structure.ElementOf(item, out _);
            if (element is null || !removed.HasMember(element))
            {
                kept.Add(element is not null && removed.Below(element) is { } below ? Remove(item, below, structure.Element!) : item);
            }
        }

        return list.Count > 0 && kept.Count == 0 ? JsonTree.Null : JsonList.Create([.. kept]);
    }
}
