using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Drops nulls where null is no value and no default takes their place (kubernetes.io, "Defaulting and Nullable"). Items of lists stay.</summary>
internal static class NullPruning
{
    public static JsonMap Prune(JsonMap map, StructuralSchema schema)
    {
        var kept = map;
        foreach (var (name, value) in map)
        {
            if (schema.Child(name) is not { } child)
            {
                continue;
            }

            kept = value.IsNull && !child.Source.Nullable && child.Default is null ? kept.Without(name) : kept.With(name, Prune(value, child));
        }

        return kept;
    }

    private static JsonTree Prune(JsonTree value, StructuralSchema schema)
    {
        switch (value)
        {
            case JsonMap map:
                return Prune(map, schema);
            case JsonList list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    var next = Prune(list[i], items);
                    list = ReferenceEquals(next, list[i]) ? list : list.SetItem(i, next);
                }

                return list;
            default:
                return value;
        }
    }
}
