namespace Petrel.Api.Schema.GoDifferences;

/// <summary>
/// Two values side by side, down to where they differ. A side that is null does not exist: an element or entry that only the
/// other side has.
/// </summary>
internal sealed class ComparedValue
{
    private ComparedValue(GoValue? old, GoValue? value, bool isSame)
    {
        Old = old;
        Value = value;
        (Same, Different) = isSame ? (1, 0) : (0, 1);
    }

    private ComparedValue(GoValue old, GoValue value, IReadOnlyList<(string Key, ComparedValue Value)> parts)
    {
        Old = old;
        Value = value;
        Parts = parts;
        foreach (var (_, part) in parts)
        {
            Same += part.Same;
            Different += part.Different;
            Descendants += part.Descendants + 1;
            Depth = Math.Max(Depth, part.Depth + 1);
        }
    }

    public GoValue? Old { get; }

    public GoValue? Value { get; }

    /// <summary>Fields, elements, entries, or the one target of two pointers; empty where the values are compared as a whole.</summary>
    public IReadOnlyList<(string Key, ComparedValue Value)> Parts { get; } = [];

    /// <summary>How many of the values that are compared as a whole are the same.</summary>
    public int Same { get; }

    public int Different { get; }

    public int Depth { get; }

    public int Descendants { get; }

    public bool IsSame => Different == 0;

    /// <summary>Nowhere inside is a choice: one part of one part and so on. Such values are shown whole, the old and the new.</summary>
    public bool IsChain => Descendants == Depth;

    /// <summary>Alike enough to be called a change of one element rather than the loss of one and the gain of another.</summary>
    private bool IsSimilar => Same + 1 >= Different;

    public static ComparedValue Of(GoValue old, GoValue value) => (old, value) switch
    {
        (GoPointer { Target: { } before }, GoPointer { Target: { } after }) => new(old, value, [("", Of(before, after))]),
        (GoStruct { IsWhole: false } before, GoStruct after) => new(old, value, [.. before.Fields.Zip(after.Fields, static (left, right) => (left.Name, Of(left.Value, right.Value)))]),
        (GoSlice { Items: { } before }, GoSlice { Items: { } after }) => new(old, value, Elements(before, after)),
        (GoMap { Entries: { } before }, GoMap { Entries: { } after }) => new(old, value, Entries(before, after)),
        _ => new(old, value, AreEqual(old, value)),
    };

    private static bool AreEqual(GoValue old, GoValue value) => (old, value) switch
    {
        (GoScalar, GoScalar) => old == value,
        (GoStruct before, GoStruct after) => before.Fields.Zip(after.Fields).All(static pair => AreEqual(pair.First.Value, pair.Second.Value)),

        // What is left has nil on one side at least.
        _ => old.IsZero && value.IsZero,
    };

    // What both lists begin and end with stays; between, elements are compared in turn.
    private static IReadOnlyList<(string, ComparedValue)> Elements(IReadOnlyList<GoValue> old, IReadOnlyList<GoValue> value)
    {
        var parts = new List<(string, ComparedValue)>();
        var shorter = Math.Min(old.Count, value.Count);
        var head = 0;
        while (head < shorter && Of(old[head], value[head]).IsSame)
        {
            parts.Add(("", Of(old[head], value[head])));
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && Of(old[^(tail + 1)], value[^(tail + 1)]).IsSame)
        {
            tail++;
        }

        var (oldEnd, valueEnd) = (old.Count - tail, value.Count - tail);
        for (var i = head; i < Math.Max(oldEnd, valueEnd); i++)
        {
            if (i < oldEnd && i < valueEnd && Of(old[i], value[i]) is { IsSimilar: true } change)
            {
                parts.Add(("", change));
                continue;
            }

            if (i < oldEnd)
            {
                parts.Add(("", new(old[i], null, isSame: false)));
            }

            if (i < valueEnd)
            {
                parts.Add(("", new(null, value[i], isSame: false)));
            }
        }

        parts.AddRange(Enumerable.Range(0, tail).Select(i => ("", Of(old[oldEnd + i], value[valueEnd + i]))));
        return parts;
    }

    private static IReadOnlyList<(string, ComparedValue)> Entries(IReadOnlyList<(string Key, GoValue Value)> old, IReadOnlyList<(string Key, GoValue Value)> value)
    {
        var (before, after) = (old.ToDictionary(static entry => entry.Key, static entry => entry.Value), value.ToDictionary(static entry => entry.Key, static entry => entry.Value));
        return
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(key => (key, (before.GetValueOrDefault(key), after.GetValueOrDefault(key)) switch
            {
                ({ } left, { } right) => Of(left, right),
                var (left, right) => new ComparedValue(left, right, isSame: false),
            })),
        ];
    }
}
