using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// Fills in the defaults of a schema (kubernetes.io, "Defaulting and Nullable"): below what is there, never inventing what holds
/// a default. A null where null is no value makes way for one.
/// </summary>
internal static class Defaulting
{
    public static JsonTree Fill(JsonTree value, StructuralSchema? schema) => (value, schema) switch
    {
        (_, null) => value,
        (JsonMap map, _) => FillMap(map, schema),
        (JsonList list, { Items: { } items }) => FillList(list, items),
        _ => value,
    };

    public static JsonMap FillMap(JsonMap map, StructuralSchema schema)
    {
        var filled = map;
        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is { } known && (filled.Find(name) is not { } given || IsNoValue(given, property)))
            {
                filled = filled.With(name, known);
            }
        }

        foreach (var (name, value) in filled.Span.ToArray())
        {
            if (schema.Child(name) is not { } child)
            {
                continue;
            }

            if (!IsNoValue(value, child))
            {
                filled = filled.With(name, Fill(value, child));
            }
            else if (child.Default is { } known)
            {
                filled = filled.With(name, Fill(known, child));
            }
        }

        return filled;
    }

    private static JsonList FillList(JsonList list, StructuralSchema items)
    {
        JsonTree[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            var next = Fill(IsNoValue(list[i], items) ? items.Default ?? list[i] : list[i], items);
            if (!ReferenceEquals(next, list[i]))
            {
                changed ??= list.Span.ToArray();
                changed[i] = next;
            }
        }

        return changed is null ? list : JsonList.Create(changed);
    }

    private static bool IsNoValue(JsonTree value, StructuralSchema schema) => value.IsNull && !schema.Source.Nullable;
}
