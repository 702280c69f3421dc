using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Petrel.Api;

/// <summary>
/// An immutable list compared item by item. The default value is the absent (nil) list: it has no items, and API fields
/// that are always written print it as null.
/// </summary>
[CollectionBuilder(typeof(ApiList), nameof(ApiList.Create))]
public readonly struct ApiList<T> : IReadOnlyList<T>, IEquatable<ApiList<T>>
{
    private readonly T[]? _items;

    internal ApiList(T[] items) => _items = items;

    /// <summary>True for the absent list. An absent and an empty list are equal.</summary>
    public bool IsNil => _items is null;

    public bool IsEmpty => Count == 0;

    /// <summary>The list, or the absent one when it has no items: what a list is after upstream's way through its store.</summary>
    public ApiList<T> NilIfEmpty => IsEmpty ? default : this;

    public int Count => _items?.Length ?? 0;

    public ReadOnlySpan<T> Span => _items;

    public T this[int index] => Span[index];

    /// <summary>A copy with one more item at the end.</summary>
    public ApiList<T> Add(T item) => new([.. Span, item]);

    /// <summary>A copy with the items of another list at the end.</summary>
    public ApiList<T> AddRange(IEnumerable<T> items) => new([.. Span, .. items]);

    /// <summary>A copy with one item replaced.</summary>
    public ApiList<T> SetItem(int index, T item)
    {
        var copy = Span.ToArray();
        copy[index] = item;
        return new(copy);
    }

    /// <summary>A copy without one item.</summary>
    public ApiList<T> RemoveAt(int index) => new([.. Span[..index], .. Span[(index + 1)..]]);

    /// <summary>The items for which the condition does not hold; the list itself when it holds for none.</summary>
    public ApiList<T> RemoveAll(Predicate<T> match) =>
        _items is null || !Array.Exists(_items, match) ? this : new(Array.FindAll(_items, item => !match(item)));

    /// <summary>A copy with every item changed; an absent list stays absent.</summary>
    public ApiList<T> ConvertAll(Func<T, T> change)
    {
        if (_items is null)
        {
            return this;
        }

        var copy = new T[_items.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = change(_items[i]);
        }

        return new(copy);
    }

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    public bool Equals(ApiList<T> other)
    {
        if (ReferenceEquals(_items, other._items))
        {
            return true;
        }

        return Count == other.Count && Span.SequenceEqual(other.Span, EqualityComparer<T>.Default);
    }

    public override bool Equals(object? obj) => obj is ApiList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", _items ?? [])}]";

    public static bool operator ==(ApiList<T> left, ApiList<T> right) => left.Equals(right);

    public static bool operator !=(ApiList<T> left, ApiList<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="ApiList{T}"/>s.</summary>
public static class ApiList
{
    /// <summary>A list of a copy of the items; never the absent list.</summary>
    public static ApiList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list over the array itself: the caller never changes it again.</summary>
    public static ApiList<T> FromArray<T>(T[] items) => new(items);

    public static ApiList<T> ToApiList<T>(this IEnumerable<T> items) => items switch
    {
        ApiList<T> list => list,
        List<T> list => Create<T>(CollectionsMarshal.AsSpan(list)),
        _ => new([.. items]),
    };
}
