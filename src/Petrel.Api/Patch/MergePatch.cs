using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>JSON Merge Patch (RFC 7386): objects merge, null removes, everything else replaces.</summary>
public static class MergePatch
{
    public static PatchOutcome Apply(JsonMap document, ReadOnlySpan<byte> patch)
    {
        var duplicates = new List<string>();
        if (!PatchBody.TryReadMap(patch, duplicates, out var map, out var failure))
        {
            return PatchOutcome.Refused(failure);
        }

        return map is null
            ? PatchOutcome.Refused(PatchFailure.BadRequest("Invalid JSON Patch"))
            : PatchOutcome.Patched(Merge(document, map), duplicates);
    }

    /// <summary>The document with the patch merged into it.</summary>
    public static JsonMap Merge(JsonMap document, JsonMap patch)
    {
        var merged = document;
        foreach (var (key, value) in patch)
        {
            merged = value.IsNull ? merged.Without(key) : merged.With(key, MergeValue(document.Find(key), value));
        }

        return merged;
    }

    private static JsonTree MergeValue(JsonTree? current, JsonTree value) =>
        current is JsonMap currentMap && value is JsonMap valueMap ? Merge(currentMap, valueMap) : WithoutNulls(value);

    /// <summary>A value that comes in new: its nulls have nothing to remove. Nulls in arrays are values.</summary>
    internal static JsonTree WithoutNulls(JsonTree value)
    {
        switch (value)
        {
            case JsonMap map:
                var builder = new JsonMapBuilder(map.Count);
                foreach (var (key, item) in map)
                {
                    if (!item.IsNull)
                    {
                        builder.Set(key, WithoutNulls(item));
                    }
                }

                return builder.ToMap();
            case JsonList list:
                return JsonList.Create([.. list.Select(WithoutNulls)]);
            default:
                return value;
        }
    }
}
