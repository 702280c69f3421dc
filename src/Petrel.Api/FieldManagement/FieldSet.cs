using System.Diagnostics.CodeAnalysis;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// An immutable set of paths in an object (KEP-555): which fields a manager owns. A path may be in the set without the paths below it,
/// and paths below it without the path itself.
/// </summary>
public sealed class FieldSet : IEquatable<FieldSet>
{
    // Sorted by element, ordinally; no element twice; each is a member or has children.
    private readonly FieldSetEntry[] _entries;

    internal FieldSet(FieldSetEntry[] sortedEntries) => _entries = sortedEntries;

    public static FieldSet Empty { get; } = new([]);

    public bool IsEmpty => _entries.Length == 0;

    internal ReadOnlySpan<FieldSetEntry> Entries => _entries;

    /// <summary>A set of paths of field names: <c>["metadata", "labels"]</c>.</summary>
    public static FieldSet Of(params IEnumerable<string[]> paths)
    {
        var set = Empty;
        foreach (var path in paths)
        {
            FieldSet? branch = null;
            for (var i = path.Length - 1; i >= 0; i--)
            {
                branch = new([new FieldSetEntry(FieldElement.OfName(path[i]), branch is null, branch)]);
            }

            set = set.Union(branch ?? Empty);
        }

        return set;
    }

    /// <summary>Reads the FieldsV1 of a managedFields entry.</summary>
    public static bool TryParse(RawJson fieldsV1, [NotNullWhen(true)] out FieldSet? set) => FieldsV1Format.TryRead(fieldsV1.Utf8, out set);

    /// <summary>The set as FieldsV1.</summary>
    public RawJson ToFieldsV1() => FieldsV1Format.Write(this);

    /// <summary>The paths in either set.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty || ReferenceEquals(this, other))
        {
            return other;
        }

        return other.IsEmpty ? this : Combine(other, static (left, right) => left is null ? right : right is null ? left : FieldSetEntry.Make(
            left.Value.Element,
            left.Value.IsMember || right.Value.IsMember,
            left.Value.Children is null ? right.Value.Children : right.Value.Children is null ? left.Value.Children : left.Value.Children.Union(right.Value.Children)));
    }

    /// <summary>The paths of this set that are not in the other.</summary>
    public FieldSet Difference(FieldSet other) => IsEmpty || other.IsEmpty ? this : Combine(other, static (left, right) =>
        left is null || right is null ? left : FieldSetEntry.Make(
            left.Value.Element,
            left.Value.IsMember && !right.Value.IsMember,
            left.Value.Children is null || right.Value.Children is null ? left.Value.Children : left.Value.Children.Difference(right.Value.Children)));

    /// <summary>The paths of this set that are neither in the other nor below one of the other.</summary>
    public FieldSet RecursiveDifference(FieldSet other) => IsEmpty || other.IsEmpty ? this : Combine(other, static (left, right) =>
    {
        if (left is null || right is null)
        {
            return left;
        }

        return right.Value.IsMember ? null : FieldSetEntry.Make(
            left.Value.Element,
            left.Value.IsMember,
            left.Value.Children is null || right.Value.Children is null ? left.Value.Children : left.Value.Children.RecursiveDifference(right.Value.Children));
    });

    /// <summary>The paths in both sets.</summary>
    public FieldSet Intersect(FieldSet other) => IsEmpty || other.IsEmpty ? Empty : Combine(other, static (left, right) =>
        left is null || right is null ? null : FieldSetEntry.Make(
            left.Value.Element,
            left.Value.IsMember && right.Value.IsMember,
            left.Value.Children is null || right.Value.Children is null ? null : left.Value.Children.Intersect(right.Value.Children)));

    public bool Equals(FieldSet? other) => other is not null && (ReferenceEquals(this, other) || _entries.AsSpan().SequenceEqual(other._entries));

    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var entry in _entries)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => ToFieldsV1().ToString();

    /// <summary>True when the one-step path is in the set.</summary>
    internal bool HasMember(string element) => IndexOf(element) is >= 0 and var index && _entries[index].IsMember;

    /// <summary>The paths below the one-step path, without that step; null when there are none.</summary>
    internal FieldSet? Below(string element) => IndexOf(element) is >= 0 and var index ? _entries[index].Children : null;

    /// <summary>All paths as messages show them: those that end at a level before those that go on.</summary>
    internal IEnumerable<string> Describe(string prefix = "")
    {
        var ordered = _entries.Order(Comparer<FieldSetEntry>.Create(static (left, right) => FieldElement.CompareForMessages(left.Element, right.Element))).ToArray();
        foreach (var entry in ordered.Where(static entry => entry.IsMember))
        {
            yield return prefix + FieldElement.Describe(entry.Element);
        }

        foreach (var entry in ordered)
        {
            foreach (var path in entry.Children?.Describe(prefix + FieldElement.Describe(entry.Element)) ?? [])
            {
                yield return path;
            }
        }
    }

    private int IndexOf(string element)
    {
        var (low, high) = (0, _entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_entries[middle].Element, element);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    // Walks both sets in step. The set itself comes back when nothing in it changes.
    private FieldSet Combine(FieldSet other, Func<FieldSetEntry?, FieldSetEntry?, FieldSetEntry?> combine)
    {
        var result = new List<FieldSetEntry>(_entries.Length);
        var changed = false;
        var (i, j) = (0, 0);
        while (i < _entries.Length || j < other._entries.Length)
        {
            var order = i == _entries.Length ? 1 : j == other._entries.Length ? -1 : string.CompareOrdinal(_entries[i].Element, other._entries[j].Element);
            FieldSetEntry? left = order <= 0 ? _entries[i++] : null;
            FieldSetEntry? right = order >= 0 ? other._entries[j++] : null;
            var entry = combine(left, right);
            changed |= entry is null ? left is not null : left is null || !entry.Value.IsSame(left.Value);
            if (entry is not null)
            {
                result.Add(entry.Value);
            }
        }

        return !changed ? this : result.Count == 0 ? Empty : new FieldSet([.. result]);
    }
}

/// <summary>One step of the paths of a <see cref="FieldSet"/>.</summary>
/// <param name="Element">The step; see <see cref="FieldElement"/>.</param>
/// <param name="IsMember">The path that ends here is in the set.</param>
/// <param name="Children">The paths that go on; null when there are none.</param>
internal readonly record struct FieldSetEntry(string Element, bool IsMember, FieldSet? Children)
{
    /// <summary>The entry, or null when neither it nor anything below it is in the set.</summary>
    public static FieldSetEntry? Make(string element, bool isMember, FieldSet? children)
    {
        var kept = children is { IsEmpty: false } ? children : null;
        return isMember || kept is not null ? new(element, isMember, kept) : null;
    }

    public bool IsSame(FieldSetEntry other) => IsMember == other.IsMember && ReferenceEquals(Children, other.Children);
}
