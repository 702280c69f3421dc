namespace Petrel.Storage;

/// <summary>A half-open interval of keys in ordinal order: from <see cref="Start"/>, which is in it, to <see cref="End"/>, which is not.</summary>
public readonly record struct KeyRange
{
    /// <summary>Characters in the longest key: more than the longest path of names that Kubernetes allows.</summary>
    public const int MaximumKeyLength = 4096;

    private KeyRange(string start, string? end)
    {
        Start = start;
        End = end;
    }

    /// <summary>The first key of the range.</summary>
    public string Start { get; }

    /// <summary>The first key after the range; null when the range has no upper bound.</summary>
    public string? End { get; }

    /// <summary>Every key.</summary>
    public static KeyRange All { get; } = new(string.Empty, null);

    /// <summary>Exactly one key.</summary>
    public static KeyRange Single(string key) => new(key, key + '\0');

    /// <summary>All keys that begin with <paramref name="prefix"/>.</summary>
    public static KeyRange Prefix(string prefix) => new(prefix, EndOfPrefix(prefix));

    /// <summary>The keys from <paramref name="start"/> up to but without <paramref name="end"/> (null: no upper bound).</summary>
    public static KeyRange Between(string start, string? end) => new(start, end);

    /// <summary>The part of this range behind <paramref name="key"/>: where a list with a limit continues.</summary>
    public KeyRange After(string key) =>
        string.CompareOrdinal(key, Start) < 0 ? this : new KeyRange(key + '\0', End);

    /// <summary>True when the range holds one key at most.</summary>
    public bool IsSingle => End is not null && End.Length == Start.Length + 1 && End[^1] == '\0' && End.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>True when the range is all the keys with the prefix <see cref="Start"/>.</summary>
    public bool IsPrefix => string.Equals(End, EndOfPrefix(Start), StringComparison.Ordinal);

    public bool Contains(string key) =>
        string.CompareOrdinal(key, Start) >= 0 && (End is null || string.CompareOrdinal(key, End) < 0);

    private static string? EndOfPrefix(string prefix)
    {
        // The last character that has a successor is replaced by it; what follows it is cut off.
        var length = prefix.Length;
        while (length > 0 && prefix[length - 1] == char.MaxValue)
        {
            length--;
        }

        return length == 0 ? null : string.Concat(prefix.AsSpan(0, length - 1), [(char)(prefix[length - 1] + 1)]);
    }
}
