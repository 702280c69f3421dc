using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Which item of an old list an item of a new one was: known only where items have keys.</summary>
internal sealed class ListCorrelation
{
    private static readonly ListCorrelation None = new(null, null);

    private readonly StructuralSchema? _schema;
    private readonly Dictionary<JsonTree, JsonTree>? _byKeys;

    private ListCorrelation(StructuralSchema? schema, Dictionary<JsonTree, JsonTree>? byKeys) => (_schema, _byKeys) = (schema, byKeys);

    public static ListCorrelation Of(JsonList? old, StructuralSchema schema)
    {
        if (old is null || schema.Source.XListType != "map")
        {
            return None;
        }

        var byKeys = new Dictionary<JsonTree, JsonTree>();
        foreach (var item in old)
        {
            if (KeysOf(item, schema) is { } keys)
            {
                byKeys.TryAdd(keys, item);
            }
        }

        return new ListCorrelation(schema, byKeys);
    }

    public JsonTree? Find(JsonTree item) => _byKeys is not null && KeysOf(item, _schema!) is { } keys ? _byKeys.GetValueOrDefault(keys) : null;

    /// <summary>The keys of an item; null when it is no object. A key that is left out has its default.</summary>
    internal static JsonMap? KeysOf(JsonTree item, StructuralSchema schema)
    {
        if (item is not JsonMap map)
        {
            return null;
        }

        var keys = new JsonMapBuilder();
        foreach (var name in schema.Source.XListMapKeys)
        {
            if ((map.Find(name) ?? schema.Items?.Child(name)?.Default) is { } value)
            {
                keys.Set(name, value);
            }
        }

        return keys.ToMap();
    }
}
