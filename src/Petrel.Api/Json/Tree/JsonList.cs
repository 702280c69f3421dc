using System.Collections;
using System.Runtime.CompilerServices;

namespace Petrel.Api.Json;

/// <summary>A JSON array.</summary>
[CollectionBuilder(typeof(JsonList), nameof(Create))]
public sealed class JsonList : JsonTree, IReadOnlyList<JsonTree>
{
    private readonly JsonTree[] _items;

    internal JsonList(JsonTree[] items) => _items = items;

    public static JsonList Empty { get; } = new([]);

    public int Count => _items.Length;

    public ReadOnlySpan<JsonTree> Span => _items;

    public JsonTree this[int index] => _items[index];

    public static JsonList Create(ReadOnlySpan<JsonTree> items) => items.IsEmpty ? Empty : new(items.ToArray());

    /// <summary>A copy with one more item before the index; the count as index appends.</summary>
    public JsonList Insert(int index, JsonTree item) => new([.. Span[..index], item, .. Span[index..]]);

    public JsonList Add(JsonTree item) => Insert(Count, item);

    public JsonList SetItem(int index, JsonTree item)
    {
        var copy = Span.ToArray();
        copy[index] = item;
        return new(copy);
    }

    public JsonList RemoveAt(int index) => new([.. Span[..index], .. Span[(index + 1)..]]);

    public ReadOnlySpan<JsonTree>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<JsonTree> IEnumerable<JsonTree>.GetEnumerator() => ((IEnumerable<JsonTree>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public override bool Equals(JsonTree? other) =>
        ReferenceEquals(this, other) || (other is JsonList list && Span.SequenceEqual(list.Span));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
