using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>An apply configuration that belongs to nobody laid over an object, as mutating admission policies do.</summary>
public static class LaidOver
{
    /// <summary>The object with what is applied, or why that cannot be: parts that are owned as a whole must not be changed in part.</summary>
    public static (JsonMap? Result, string Error) Merge(JsonMap live, JsonMap applied, FieldStructure structure)
    {
        var atomic = new List<string>();
        Collect(applied, structure, "", atomic);
        return atomic.Count == 0
            ? (FieldMerge.Merge(live, applied, structure), "")
            : (null, $"invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: {string.Join(", ", atomic)}");
    }

    private static void Collect(JsonTree value, FieldStructure structure, string path, List<string> atomic)
    {
        if (value is JsonMap or JsonList && path.Length > 0 && (structure.IsAtomic || structure.KindFor(value) is not (FieldStructureKind.Struct or FieldStructureKind.Map or FieldStructureKind.List)))
        {
            atomic.Add(path);
            return;
        }

        if (value is JsonMap map)
        {
            foreach (var (name, child) in map)
            {
                Collect(child, structure.Child(name) ?? FieldStructure.Deduced, $"{path}.{name}", atomic);
            }
        }
        else if (value is JsonList list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Collect(list[i], structure.Element ?? FieldStructure.Deduced, $"{path}[{i}]", atomic);
            }
        }
    }
}
