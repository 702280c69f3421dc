using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Petrel.Api.Json;

/// <summary>A JSON object: names with values, in the order they were written; no name twice.</summary>
public sealed class JsonMap : JsonTree, IReadOnlyDictionary<string, JsonTree>
{
    // Up to this many names a look-up walks the names; above it an index is built when first needed.
    private const int IndexThreshold = 12;

    private readonly KeyValuePair<string, JsonTree>[] _entries;
    private Dictionary<string, int>? _index;

    internal JsonMap(KeyValuePair<string, JsonTree>[] entries) => _entries = entries;

    public static JsonMap Empty { get; } = new([]);

    public int Count => _entries.Length;

    public ReadOnlySpan<KeyValuePair<string, JsonTree>> Span => _entries;

    public IEnumerable<string> Keys => _entries.Select(static entry => entry.Key);

    public IEnumerable<JsonTree> Values => _entries.Select(static entry => entry.Value);

    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public JsonTree this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no value named '{key}'");

    /// <summary>An object of the entries; of two with the same name the later one stays, in the place of the first.</summary>
    public static JsonMap Create(params ReadOnlySpan<KeyValuePair<string, JsonTree>> entries)
    {
        var builder = new JsonMapBuilder(entries.Length);
        foreach (var (key, value) in entries)
        {
            builder.Set(key, value);
        }

        return builder.ToMap();
    }

    /// <inheritdoc cref="Create(ReadOnlySpan{KeyValuePair{string, JsonTree}})"/>
    public static JsonMap Create(params ReadOnlySpan<(string Key, JsonTree Value)> entries)
    {
        var builder = new JsonMapBuilder(entries.Length);
        foreach (var (key, value) in entries)
        {
            builder.Set(key, value);
        }

        return builder.ToMap();
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonTree value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _entries[index].Value : null;
        return index >= 0;
    }

    /// <summary>The value of the name, or null when there is none.</summary>
    public JsonTree? Find(string key) => IndexOf(key) is >= 0 and var index ? _entries[index].Value : null;

    /// <summary>The object of the name, or null when there is none or it is something else.</summary>
    public JsonMap? FindMap(string key) => Find(key) as JsonMap;

    /// <summary>The string of the name, or null when there is none or it is something else.</summary>
    public string? FindText(string key) => (Find(key) as JsonText)?.Value;

    /// <summary>A copy in which the name has the value: in its place, or at the end when it is new.</summary>
    public JsonMap With(string key, JsonTree value)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            return new([.. _entries, KeyValuePair.Create(key, value)]);
        }

        if (ReferenceEquals(_entries[index].Value, value))
        {
            return this;
        }

        var copy = Span.ToArray();
        copy[index] = KeyValuePair.Create(key, value);
        return new(copy);
    }

    /// <summary>A copy without the name; the object itself when it has no such name.</summary>
    public JsonMap Without(string key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : new([.. Span[..index], .. Span[(index + 1)..]]);
    }

    public ReadOnlySpan<KeyValuePair<string, JsonTree>>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<KeyValuePair<string, JsonTree>> IEnumerable<KeyValuePair<string, JsonTree>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, JsonTree>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    public override bool Equals(JsonTree? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is not JsonMap map || map.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            // Versions of one object mostly have their names in the same order.
            var (key, value) = _entries[i];
            var candidate = map._entries[i];
            var found = string.Equals(candidate.Key, key, StringComparison.Ordinal) ? candidate.Value : map.Find(key);
            if (found is null || !value.Equals(found))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode()
    {
        // Order does not count, so the entries are summed.
        var hash = Count;
        foreach (var (key, value) in _entries)
        {
            hash += HashCode.Combine(key, value);
        }

        return hash;
    }

    internal int IndexOf(string key)
    {
        if (_entries.Length > IndexThreshold)
        {
            return (_index ??= BuildIndex()).GetValueOrDefault(key, -1);
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < _entries.Length; i++)
        {
            index.Add(_entries[i].Key, i);
        }

        return index;
    }
}
