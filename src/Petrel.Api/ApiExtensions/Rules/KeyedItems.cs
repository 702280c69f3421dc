using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>Items of a list by the fields that they are keyed by.</summary>
internal sealed class KeyedItems
{
    private readonly Dictionary<JsonList, JsonTree> _items = [];
    private readonly ApiList<string> _keys;

    private KeyedItems(ApiList<string> keys) => _keys = keys;

    public static KeyedItems Of(JsonList list, ApiList<string> keys)
    {
        var items = new KeyedItems(keys);
        foreach (var item in list)
        {
            items._items.TryAdd(items.KeyOf(item), item);
        }

        return items;
    }

    /// <summary>The item with the keys of another one.</summary>
    public JsonTree? Find(JsonTree item) => _items.GetValueOrDefault(KeyOf(item));

    private JsonList KeyOf(JsonTree item) => JsonList.Create([.. _keys.Select(key => (item as JsonMap)?.Find(key) ?? JsonTree.Null)]);
}
