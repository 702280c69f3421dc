using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Petrel.Api;

/// <summary>
/// An immutable map from strings, sorted by the UTF-8 bytes of its keys (the order the API prints) and compared entry by
/// entry. The default value is the absent (nil) map, which has no entries.
/// </summary>
[CollectionBuilder(typeof(ApiMap), nameof(ApiMap.Create))]
public readonly struct ApiMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ApiMap<T>>
{
    // Sorted by key, no key twice.
    private readonly KeyValuePair<string, T>[]? _entries;

    internal ApiMap(KeyValuePair<string, T>[] sortedEntries) => _entries = sortedEntries;

    /// <summary>True for the absent map. An absent and an empty map are equal.</summary>
    public bool IsNil => _entries is null;

    public bool IsEmpty => Count == 0;

    public int Count => _entries?.Length ?? 0;

    /// <summary>The entries in order.</summary>
    public ReadOnlySpan<KeyValuePair<string, T>> Span => _entries;

    public IEnumerable<string> Keys => (_entries ?? []).Select(static entry => entry.Key);

    public IEnumerable<T> Values => (_entries ?? []).Select(static entry => entry.Value);

    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no entry '{key}'");

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = Find(key);
        value = index >= 0 ? _entries![index].Value : default;
        return index >= 0;
    }

    /// <summary>The value of the key, or the default value of its type.</summary>
    public T? GetValueOrDefault(string key) => TryGetValue(key, out var value) ? value : default;

    /// <summary>A copy in which the key has the value.</summary>
    public ApiMap<T> With(string key, T value)
    {
        var index = Find(key);
        var entry = KeyValuePair.Create(key, value);
        return index >= 0 ? new([.. Span[..index], entry, .. Span[(index + 1)..]]) : new([.. Span[..~index], entry, .. Span[~index..]]);
    }

    /// <summary>A copy with the entries of another map, which win over this one's.</summary>
    public ApiMap<T> WithRange(IEnumerable<KeyValuePair<string, T>> entries) => ApiMap.FromPairs((_entries ?? []).Concat(entries));

    /// <summary>A copy without the key; the map itself when it has no such key.</summary>
    public ApiMap<T> Without(string key)
    {
        var index = Find(key);
        return index < 0 ? this : new([.. Span[..index], .. Span[(index + 1)..]]);
    }

    public ReadOnlySpan<KeyValuePair<string, T>>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, T>>)(_entries ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_entries ?? []).GetEnumerator();

    public bool Equals(ApiMap<T> other)
    {
        if (ReferenceEquals(_entries, other._entries))
        {
            return true;
        }

        if (Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            var (left, right) = (_entries![i], other._entries![i]);
            if (!string.Equals(left.Key, right.Key, StringComparison.Ordinal) || !EqualityComparer<T>.Default.Equals(left.Value, right.Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is ApiMap<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in Span)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"{{{string.Join(", ", (_entries ?? []).Select(static entry => $"{entry.Key}: {entry.Value}"))}}}";

    public static bool operator ==(ApiMap<T> left, ApiMap<T> right) => left.Equals(right);

    public static bool operator !=(ApiMap<T> left, ApiMap<T> right) => !left.Equals(right);

    // The index of the key, or the complement of the index where it would stand.
    private int Find(string key)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Utf8Order.Compare(_entries![middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}

/// <summary>Makes <see cref="ApiMap{T}"/>s.</summary>
public static class ApiMap
{
    /// <summary>A map of the entries; of two with the same key the later one stays. Never the absent map.</summary>
    public static ApiMap<T> Create<T>(ReadOnlySpan<KeyValuePair<string, T>> entries) => new(Sort(entries.ToArray()));

    public static ApiMap<T> FromPairs<T>(IEnumerable<KeyValuePair<string, T>> entries) => new(Sort([.. entries]));

    public static ApiMap<T> FromPairs<T>(params ReadOnlySpan<(string Key, T Value)> entries)
    {
        var pairs = new KeyValuePair<string, T>[entries.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(entries[i].Key, entries[i].Value);
        }

        return new(Sort(pairs));
    }

    public static ApiMap<T> ToApiMap<T>(this IEnumerable<KeyValuePair<string, T>> entries) => entries is ApiMap<T> map ? map : FromPairs(entries);

    private static KeyValuePair<string, T>[] Sort<T>(KeyValuePair<string, T>[] entries)
    {
        if (IsSorted(entries))
        {
            return entries;
        }

        // A stable sort keeps entries with the same key in the order they came, so the last of them is the one to stay.
        var sorted = entries.OrderBy(static entry => entry.Key, Utf8Order.Comparer).ToArray();
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i + 1 == sorted.Length || !string.Equals(sorted[i].Key, sorted[i + 1].Key, StringComparison.Ordinal))
            {
                sorted[kept++] = sorted[i];
            }
        }

        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    private static bool IsSorted<T>(KeyValuePair<string, T>[] entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (Utf8Order.Compare(entries[i - 1].Key, entries[i].Key) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
