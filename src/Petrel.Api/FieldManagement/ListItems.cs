using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>Groups the items of a list by their path element.</summary>
internal static class ListItems
{
    /// <summary>The items in the order in which their elements first occur. Items without an element, which stored objects do not have, are left out.</summary>
    public static OrderedDictionary<string, List<JsonTree>> Index(JsonList list, FieldStructure structure)
    {
        var items = new OrderedDictionary<string, List<JsonTree>>(list.Count, StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (structure.ElementOf(item, out _) is not { } element)
            {
                continue;
            }

            if (items.TryGetValue(element, out var same))
            {
                same.Add(item);
            }
            else
            {
                items.Add(element, [item]);
            }
        }

        return items;
    }
}
