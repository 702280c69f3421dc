using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>Lays an applied object over the live one: what is applied wins, everything else stays.</summary>
internal static class FieldMerge
{
    public static JsonMap Merge(JsonMap live, JsonMap applied, FieldStructure structure) => MergeMaps(live, applied, structure) ?? JsonMap.Empty;

    // One of the two exists. Null: nothing is left of the value.
    private static JsonTree? MergeValues(JsonTree? live, JsonTree? applied, FieldStructure structure)
    {
        if (IsEmpty(live) && IsEmpty(applied))
        {
            return applied ?? live;
        }

        return structure.KindFor(applied ?? live!) switch
        {
            FieldStructureKind.Struct or FieldStructureKind.Map => MergeMaps(live as JsonMap, applied as JsonMap, structure),
            FieldStructureKind.List => MergeLists(live as JsonList ?? JsonList.Empty, applied as JsonList ?? JsonList.Empty, structure),
            _ => applied ?? live,
        };
    }

    private static JsonMap? MergeMaps(JsonMap? live, JsonMap? applied, FieldStructure structure)
    {
        var merged = new JsonMapBuilder((live?.Count ?? 0) + 2);
        foreach (var (name, value) in live ?? JsonMap.Empty)
        {
            Set(merged, name, value, applied?.Find(name), structure);
        }

        foreach (var (name, value) in applied ?? JsonMap.Empty)
        {
            if (live is null || !live.ContainsKey(name))
            {
                Set(merged, name, null, value, structure);
            }
        }

        return merged.Count == 0 ? null : merged.ToMap();
    }

    private static void Set(JsonMapBuilder merged, string name, JsonTree? live, JsonTree? applied, FieldStructure structure)
    {
        var value = applied is null ? live : MergeValues(live, applied, structure.Child(name) ?? FieldStructure.Deduced);
        if (value is not null)
        {
            merged.Set(name, value);
        }
    }

    // The applied order counts for what is applied; live items that are not keep their place between the shared ones.
    private static JsonList? MergeLists(JsonList live, JsonList applied, FieldStructure structure)
    {
        var left = Elements(live, structure);
        var right = Elements(applied, structure);
        var liveItems = FirstItems(left);
        var appliedItems = FirstItems(right);
        var shared = new Queue<string>(right.Where(item => liveItems.ContainsKey(item.Element)).Select(static item => item.Element));
        var merged = new List<JsonTree>(left.Count + right.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var (i, j) = (0, 0);
        while (i < left.Count || j < right.Count)
        {
            if (i < left.Count && j < right.Count)
            {
                var element = left[i].Element;
                if (element == right[j].Element)
                {
                    TakeApplied(right[j]);
                    i++;
                    j++;
                    shared.TryDequeue(out _);
                    continue;
                }

                if (appliedItems.ContainsKey(element) && shared.TryPeek(out var next) && next != element)
                {
                    // A shared item whose turn has not come.
                    i++;
                    continue;
                }
            }

            if (i < left.Count)
            {
                if (!appliedItems.ContainsKey(left[i].Element))
                {
                    merged.Add(left[i++].Value);
                    continue;
                }

                i += done.Contains(left[i].Element) ? 1 : 0;
            }

            if (j < right.Count)
            {
                var element = right[j].Element;
                TakeApplied(right[j++]);
                if (shared.TryPeek(out var next) && next == element)
                {
                    shared.Dequeue();
                }
            }
        }

        return merged.Count == 0 ? null : JsonList.Create([.. merged]);

        void TakeApplied(Item item)
        {
            done.Add(item.Element);
            var value = MergeValues(liveItems.GetValueOrDefault(item.Element), item.Value, structure.Element!);
            if (value is not null)
            {
                merged.Add(value);
            }
        }
    }

    private static List<Item> Elements(JsonList list, FieldStructure structure)
    {
        var items = new List<Item>(list.Count);
        foreach (var value in list)
        {
            if (structure.ElementOf(value, out _) is { } element)
            {
                items.Add(new Item(element, value));
            }
        }

        return items;
    }

    // Items that occur several times merge with nothing.
    private static Dictionary<string, JsonTree?> FirstItems(List<Item> items)
    {
        var first = new Dictionary<string, JsonTree?>(items.Count, StringComparer.Ordinal);
        foreach (var (element, value) in items)
        {
            first[element] = first.ContainsKey(element) ? null : value;
        }

        return first;
    }

    private static bool IsEmpty(JsonTree? value) => value is null or JsonNull or JsonMap { Count: 0 } or JsonList { Count: 0 };

    private readonly record struct Item(string Element, JsonTree Value);
}
