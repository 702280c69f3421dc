using System.Diagnostics.CodeAnalysis;

namespace Petrel.Cel.Values;

/// <summary>A map of CEL values, in the order in which its entries were set.</summary>
public sealed class CelDictionary : CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries = new(KeyComparer.Instance);
    private readonly List<CelValue> _keys = [];

    private long _weight = 1;

    public override int Count => _entries.Count;

    public override long Weight => _weight;

    public override IEnumerable<CelValue> Keys => _keys;

    /// <summary>A map of texts to values.</summary>
    public static CelDictionary Of(params ReadOnlySpan<(string Key, CelValue Value)> entries)
    {
        var map = new CelDictionary();
        foreach (var (key, value) in entries)
        {
            map.TryAdd(new CelString(key), value);
        }

        return map;
    }

    public override bool TryGet(CelValue key, [MaybeNullWhen(false)] out CelValue value) => _entries.TryGetValue(key, out value);

    /// <summary>Only while the map is made; false when the key is there already.</summary>
    internal bool TryAdd(CelValue key, CelValue value)
    {
        if (!_entries.TryAdd(key, value))
        {
            return false;
        }

        _keys.Add(key);
        _weight = Math.Min(_weight + key.Weight + value.Weight, long.MaxValue / 2);
        return true;
    }

    private sealed class KeyComparer : IEqualityComparer<CelValue>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals(CelValue? x, CelValue? y) => x is not null && y is not null && x.EqualTo(y);

        public int GetHashCode(CelValue obj) => obj switch
        {
            CelString text => text.Value.GetHashCode(StringComparison.Ordinal),
            CelBool flag => flag.Value.GetHashCode(),
            _ when NumberOrder.TryInt(obj, out var number) => number.GetHashCode(),
            CelDouble real => real.Value.GetHashCode(),
            CelUint large => large.Value.GetHashCode(),
            _ => 0,
        };
    }
}
