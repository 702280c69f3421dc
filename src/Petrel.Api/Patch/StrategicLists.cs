using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>Merges lists: objects by their merge key, plain values as a set.</summary>
internal sealed class StrategicLists(StrategicMerge merge)
{
    private const string Directive = "$patch";

    /// <summary>Merges the patch into the list, or removes the patch's plain values from it.</summary>
    public JsonList Merge(JsonList original, JsonList patch, PatchField field, bool isDelete)
    {
        if (original.Count == 0 && patch.Count == 0)
        {
            return original;
        }

        if (!TryGetItemKind(original, patch, out var areMaps))
        {
            return original;
        }

        if (!areMaps)
        {
            return isDelete
                ? JsonList.Create([.. original.Where(item => !patch.Contains(item))])
                : ElementOrdering.Apply(JsonList.Create([.. original.Concat(patch).Distinct()]), patch, original, null);
        }

        if (field.MergeKey is not { } mergeKey)
        {
            merge.Fail(PatchFailure.Internal($"cannot merge lists without merge key for {field.Schema.Type?.ShortName}"));
            return original;
        }

        (original, patch) = ApplyDirectives(original, patch, mergeKey);
        var merged = original;
        foreach (var item in patch)
        {
            merged = MergeItem(merged, (JsonMap)item, mergeKey, field.Schema);
        }

        return HaveKeys(merged, mergeKey) ? ElementOrdering.Apply(merged, patch, original, mergeKey) : merged;
    }

    /// <summary>Merges, if there is a patch, and puts the items into the given order; null when there is no list at all.</summary>
    public JsonList? MergeOrdered(JsonList? original, JsonList? patch, JsonList order, PatchField field)
    {
        if (!MatchesOrder(patch, order, field.MergeKey))
        {
            return original;
        }

        var merged = (original, patch) switch
        {
            (null, null) => null,
            (_, null) => original,
            (null, _) => (JsonList)StrategicMerge.WithoutDirectives(patch),
            _ => field.Strategy == "merge" ? Merge(original, patch, field, isDelete: false) : patch,
        };
        if (merged is null || merge.Failure is not null || !TryGetItemKind(original ?? JsonList.Empty, patch ?? JsonList.Empty, out _)
            || !HaveKeys(merged, field.MergeKey) || !HaveKeys(order, field.MergeKey))
        {
            return merged;
        }

        return ElementOrdering.Apply(merged, order, original ?? JsonList.Empty, field.MergeKey);
    }

    // Takes the items with a directive out of the patch and does what they say.
    private (JsonList Original, JsonList Patch) ApplyDirectives(JsonList original, JsonList patch, string mergeKey)
    {
        var plain = new List<JsonTree>(patch.Count);
        var replaces = false;
        foreach (var item in patch)
        {
            var map = (JsonMap)item;
            if (map.Find(Directive) is not { } directive)
            {
                plain.Add(map);
                continue;
            }

            switch ((directive as JsonText)?.Value)
            {
                case "delete" when HasKey(map, mergeKey):
                    original = JsonList.Create([.. original.Where(candidate => !ElementOrdering.SameElement(candidate, map, mergeKey))]);
                    break;
                case "delete":
                    break;
                case "replace":
                    replaces = true;
                    break;
                case "merge":
                    merge.Fail(PatchFailure.Internal("merging lists cannot yet be specified in the patch"));
                    break;
                default:
                    merge.Fail(StrategicMerge.UnknownDirective(directive, map));
                    break;
            }
        }

        return replaces ? (JsonList.Create([.. plain]), JsonList.Empty) : (original, JsonList.Create([.. plain]));
    }

    private JsonList MergeItem(JsonList merged, JsonMap item, string mergeKey, PatchSchema schema)
    {
        if (!HasKey(item, mergeKey))
        {
            return merged;
        }

        for (var i = 0; i < merged.Count; i++)
        {
            if (ElementOrdering.SameElement(merged[i], item, mergeKey))
            {
                return merged.SetItem(i, merge.MergeMap((JsonMap)merged[i], item, schema));
            }
        }

        return merged.Add(StrategicMerge.WithoutDirectives(item));
    }

    // The patch must hold its items in the order that is asked for.
    private bool MatchesOrder(JsonList? patch, JsonList order, string? mergeKey)
    {
        var kept = (patch ?? JsonList.Empty).Where(static item => ((item as JsonMap)?.Find(Directive) as JsonText)?.Value != "delete").ToList();
        if (kept.Count == 0)
        {
            return true;
        }

        if (!HaveKeys(kept, mergeKey) || !HaveKeys(order, mergeKey))
        {
            return false;
        }

        var next = 0;
        foreach (var item in order)
        {
            next += next < kept.Count && ElementOrdering.SameElement(kept[next], item, mergeKey) ? 1 : 0;
        }

        if (next < kept.Count)
        {
            merge.Fail(PatchFailure.Internal(
                $"The order in patch list:\n{GoText.Print(patch!)}\n doesn't match $setElementOrder list:\n{GoText.Print(order)}\n"));
        }

        return next == kept.Count;
    }

    private bool HaveKeys(IEnumerable<JsonTree> items, string? mergeKey) =>
        mergeKey is null || items.All(item => HasKey(item, mergeKey));

    private bool HasKey(JsonTree item, string mergeKey)
    {
        if (item is not JsonMap map)
        {
            merge.Fail(PatchFailure.Internal($"expected a map[string]interface {{}}, but received a {GoText.Type(item)}"));
            return false;
        }

        if (map.ContainsKey(mergeKey))
        {
            return true;
        }

        merge.Fail(PatchFailure.Internal($"map: {GoText.Print(map)} does not contain declared merge key: {mergeKey}"));
        return false;
    }

    private bool TryGetItemKind(JsonList original, JsonList patch, out bool areMaps)
    {
        var types = original.Concat(patch).Select(static item => item.IsNull ? "<nil>" : GoText.Type(item)).Distinct().ToList();
        areMaps = types is ["map[string]interface {}"];
        if (types.Count == 1 && types[0] != "[]interface {}")
        {
            return true;
        }

        merge.Fail(types.Count switch
        {
            0 => PatchFailure.Internal("no elements in any given slices"),
            1 => PatchFailure.Unprocessable,
            _ => PatchFailure.Internal("list element types are not identical: " + string.Join(", ", types)),
        });
        return false;
    }
}
