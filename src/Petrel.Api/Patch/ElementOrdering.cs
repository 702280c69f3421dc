using Petrel.Api.Json;

namespace Petrel.Api.Patch;

/// <summary>
/// The order of a merged list: items that the patch names stand in its order, the others in the live list's order, and of two that may
/// come next the one that stands first in the live list does.
/// </summary>
internal static class ElementOrdering
{
    public static JsonList Apply(JsonList merged, JsonList order, JsonList live, string? mergeKey)
    {
        var named = merged.Where(item => IndexOf(order, item, mergeKey) >= 0).OrderBy(item => IndexOf(order, item, mergeKey)).ToList();
        var others = merged.Where(item => IndexOf(order, item, mergeKey) < 0).OrderBy(item => IndexOf(live, item, mergeKey)).ToList();
        var result = new List<JsonTree>(merged.Count);
        var (nextNamed, nextOther) = (0, 0);
        while (result.Count < merged.Count)
        {
            var takeOther = nextNamed == named.Count
                || (nextOther < others.Count && StandsBefore(others[nextOther], named[nextNamed], live, mergeKey));
            result.Add(takeOther ? others[nextOther++] : named[nextNamed++]);
        }

        return JsonList.Create([.. result]);
    }

    /// <summary>True when the items are the same element: equal merge keys, or equal values where there is no key.</summary>
    public static bool SameElement(JsonTree left, JsonTree right, string? mergeKey) => mergeKey is null
        ? left.Equals(right)
        : left is JsonMap a && right is JsonMap b && a.Find(mergeKey) is { } key && key.Equals(b.Find(mergeKey));

    private static bool StandsBefore(JsonTree left, JsonTree right, JsonList live, string? mergeKey)
    {
        var (leftIndex, rightIndex) = (IndexOf(live, left, mergeKey), IndexOf(live, right, mergeKey));
        return leftIndex >= 0 && leftIndex < rightIndex;
    }

    private static int IndexOf(JsonList list, JsonTree item, string? mergeKey)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (SameElement(list[i], item, mergeKey))
            {
                return i;
            }
        }

        return -1;
    }
}
