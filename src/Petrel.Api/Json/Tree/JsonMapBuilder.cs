using System.Runtime.InteropServices;

namespace Petrel.Api.Json;

/// <summary>Collects the entries of a <see cref="JsonMap"/>. Setting a name again replaces its value in place.</summary>
public sealed class JsonMapBuilder(int capacity = 4)
{
    // Up to this many names are searched one by one, more through an index.
    private const int IndexThreshold = 12;

    private readonly List<KeyValuePair<string, JsonTree>> _entries = new(capacity);
    private Dictionary<string, int>? _index;

    public int Count => _entries.Count;

    /// <summary>True when the name was new.</summary>
    public bool Set(string key, JsonTree value)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            _entries[index] = KeyValuePair.Create(key, value);
            return false;
        }

        _index?.Add(key, _entries.Count);
        _entries.Add(KeyValuePair.Create(key, value));
        return true;
    }

    public JsonMap ToMap() => _entries.Count == 0 ? JsonMap.Empty : new JsonMap([.. _entries]);

    /// <summary>The object with its names in the order of their UTF-8 bytes.</summary>
    public JsonMap ToSortedMap()
    {
        _entries.Sort(static (left, right) => Utf8Order.Compare(left.Key, right.Key));
        _index = null;
        return ToMap();
    }

    private int IndexOf(string key)
    {
        if (_entries.Count > IndexThreshold)
        {
            return (_index ??= BuildIndex()).GetValueOrDefault(key, -1);
        }

        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (string.Equals(entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, _) in _entries)
        {
            index.Add(key, index.Count);
        }

        return index;
    }
}
