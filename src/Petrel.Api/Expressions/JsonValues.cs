using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Json;
using Petrel.Cel.Values;

namespace Petrel.Api.Expressions;

/// <summary>JSON as CEL values without a schema: objects are maps, and parts are converted when they are asked for.</summary>
public static class JsonValues
{
    public static CelValue Of(JsonTree tree) => tree switch
    {
        JsonMap map => new MapView(map),
        JsonList list => new ListView(list),
        JsonText text => CelValue.Of(text.Value),
        JsonNumber { IsInteger: true } number => CelValue.Of(number.Integer),
        JsonNumber number => CelValue.Of(number.Real),
        JsonBoolean flag => CelValue.Of(flag.Value),
        _ => CelNull.Instance,
    };

    private sealed class MapView(JsonMap map) : CelMap
    {
        public override int Count => map.Count;

        public override IEnumerable<CelValue> Keys => map.Keys.Select(CelValue.Of);

        public override bool TryGet(CelValue key, [MaybeNullWhen(false)] out CelValue value)
        {
            value = key is CelString name && map.Find(name.Value) is { } found ? JsonValues.Of(found) : null;
            return value is not null;
        }
    }

    private sealed class ListView(JsonList list) : CelList
    {
        public override int Count => list.Count;

        public override CelValue this[int index] => JsonValues.Of(list[index]);
    }
}
