using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Petrel.Api.Json;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>JSON as values of the types that its schema says. Parts are converted when rules ask for them.</summary>
internal static class RuleValues
{
    public static CelValue Of(JsonTree tree, RuleType type)
    {
        if (tree.IsNull)
        {
            return type.Schema.Nullable ? CelNull.Instance : CelError.Because("invalid data, got null for schema with nullable=false");
        }

        return (type.Type.Kind, tree) switch
        {
            (CelKind.Object, JsonMap map) => new ObjectView(map, type),
            (CelKind.Map, JsonMap map) => new MapView(map, type.Element!),
            (CelKind.List, JsonList list) => type.Schema.XListType switch
            {
                "set" => new SetView(Items(list, type.Element!)),
                "map" => new KeyedView(Items(list, type.Element!), [.. list.Select(item => KeyOf(item, type.Schema.XListMapKeys))]),
                _ => new ListView(list, type.Element!),
            },
            (CelKind.String, JsonText text) => CelValue.Of(text.Value),
            (CelKind.Bool, JsonBoolean flag) => CelValue.Of(flag.Value),
            (CelKind.Double, JsonNumber number) => CelValue.Of(number.Real),
            (CelKind.Int, JsonNumber { IsInteger: true } number) => CelValue.Of(number.Integer),
            (CelKind.Int, JsonNumber number) when double.IsInteger(number.Real) => CelValue.Of(number.Integer),
            (CelKind.Bytes, JsonText text) => Bytes(text.Value),
            (CelKind.Timestamp, JsonText text) => Timestamp(text.Value, type.Schema.Format),
            (CelKind.Duration, JsonText text) => DurationText.Parse(text.Value) is { } nanoseconds ? new CelDuration(nanoseconds) : CelError.Because($"Invalid duration {text.Value}"),
            (CelKind.Dyn, JsonText text) => CelValue.Of(text.Value),
            (CelKind.Dyn, JsonNumber { IsInteger: true } number) => CelValue.Of(number.Integer),
            (CelKind.Dyn, _) => CelError.Because("invalid data, expected XIntOrString value to be either a string or integer"),
            _ => CelError.Because($"invalid data, expected {type.Schema.Type}"),
        };
    }

    private static CelValue[] Items(JsonList list, RuleType element) => [.. list.Select(item => Of(item, element))];

    private static CelValue Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? new CelBytes(bytes.AsMemory(0, count)) : CelError.Because("illegal base64 data");
    }

    private static CelValue Timestamp(string text, string format)
    {
        var isRead = format == "date"
            ? DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        return isRead ? CelTimestamp.Of(time) : CelError.Because($"Invalid {format} formatted string {text}");
    }

    private static JsonList KeyOf(JsonTree item, ApiList<string> keys) => JsonList.Create([.. keys.Select(key => (item as JsonMap)?.Find(key) ?? JsonTree.Null)]);

    private sealed class ObjectView(JsonMap map, RuleType type) : CelObject
    {
        public override CelType Type => type.Type;

        public override IEnumerable<string> FieldNames => type.Names.Where(name => map.ContainsKey(name.Value)).Select(static name => name.Key);

        public override bool TryGetField(string name, [MaybeNullWhen(false)] out CelValue value)
        {
            value = type.Names.TryGetValue(name, out var key) && map.Find(key) is { } found ? RuleValues.Of(found, type.Fields[name]) : null;
            return value is not null;
        }
    }

    private sealed class MapView(JsonMap map, RuleType element) : CelMap
    {
        public override int Count => map.Count;

        public override IEnumerable<CelValue> Keys => map.Keys.Select(CelValue.Of);

        public override bool TryGet(CelValue key, [MaybeNullWhen(false)] out CelValue value)
        {
            value = key is CelString name && map.Find(name.Value) is { } found ? RuleValues.Of(found, element) : null;
            return value is not null;
        }
    }

    private sealed class ListView(JsonList list, RuleType element) : CelList
    {
        public override int Count => list.Count;

        public override CelValue this[int index] => RuleValues.Of(list[index], element);
    }

    /// <summary>A list that stands for a set: order does not count, and adding is union.</summary>
    private sealed class SetView(IReadOnlyList<CelValue> items) : CelList
    {
        public override int Count => items.Count;

        public override CelValue this[int index] => items[index];

        public override bool EqualTo(CelValue other) => other is CelList list && list.Count == Count && items.All(list.Contains);

        public override CelValue Plus(CelList other)
        {
            var sum = new List<CelValue>(items);
            for (var i = 0; i < other.Count; i++)
            {
                if (!Contains(other[i]))
                {
                    sum.Add(other[i]);
                }
            }

            return new SetView(sum);
        }
    }

    /// <summary>A list whose items have keys: order does not count, and adding replaces the items of the same keys.</summary>
    private sealed class KeyedView(IReadOnlyList<CelValue> items, IReadOnlyList<JsonList> keys) : CelList
    {
        private Dictionary<JsonList, int>? _places;

        public override int Count => items.Count;

        public override CelValue this[int index] => items[index];

        private Dictionary<JsonList, int> Places
        {
            get
            {
                if (_places is null)
                {
                    _places = [];
                    for (var i = 0; i < keys.Count; i++)
                    {
                        _places.TryAdd(keys[i], i);
                    }
                }

                return _places;
            }
        }

        private IReadOnlyList<JsonList> ItemKeys => keys;

        public override bool EqualTo(CelValue other)
        {
            if (other is not KeyedView view)
            {
                return base.EqualTo(other);
            }

            return view.Count == Count && Places.All(place => view.Places.TryGetValue(place.Key, out var theirs) && items[place.Value].EqualTo(view[theirs]));
        }

        public override CelValue Plus(CelList other)
        {
            if (other is not KeyedView view)
            {
                return base.Plus(other);
            }

            var (values, sumKeys) = (new List<CelValue>(items), new List<JsonList>(keys));
            for (var i = 0; i < view.Count; i++)
            {
                if (Places.TryGetValue(view.ItemKeys[i], out var place))
                {
                    values[place] = view[i];
                }
                else
                {
                    values.Add(view[i]);
                    sumKeys.Add(view.ItemKeys[i]);
                }
            }

            return new KeyedView(values, sumKeys);
        }
    }
}
