using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>Compares two versions of an object by its structure.</summary>
internal static class FieldComparison
{
    public static FieldChanges Compare(JsonTree old, JsonTree changed, FieldStructure structure)
    {
        var changes = CompareValues(old, changed, structure);
        return changes.HasBelow ? new(changes.Added ?? FieldSet.Empty, changes.Modified ?? FieldSet.Empty, changes.Removed ?? FieldSet.Empty) : FieldChanges.None;
    }

    // One of the two exists.
    private static Change CompareValues(JsonTree? old, JsonTree? changed, FieldStructure structure)
    {
        if (ReferenceEquals(old, changed))
        {
            return default;
        }

        var (oldKind, newKind) = (structure.KindFor(old ?? changed!), structure.KindFor(changed ?? old!));
        if (oldKind != newKind)
        {
            return CompareKinds(old!, changed!, structure);
        }

        return oldKind switch
        {
            FieldStructureKind.Struct or FieldStructureKind.Map when !IsEmpty(old) || !IsEmpty(changed) => CompareMaps(old, changed, structure),
            FieldStructureKind.List when !IsEmpty(old) || !IsEmpty(changed) => CompareLists(old, changed, structure),
            _ => CompareLeaves(old, changed),
        };
    }

    // A free-form value that was an object and is none any more, or the other way round: modified, and its parts removed or added.
    private static Change CompareKinds(JsonTree old, JsonTree changed, FieldStructure structure)
    {
        var parts = old is JsonMap ? CompareMaps(old, JsonTree.Null, structure) : CompareMaps(JsonTree.Null, changed, structure);
        return parts with { Self = Difference.Modified };
    }

    private static Change CompareLeaves(JsonTree? old, JsonTree? changed) => new(
        old is null ? Difference.Added : changed is null ? Difference.Removed : old.Equals(changed) ? Difference.None : Difference.Modified, null, null, null);

    private static Change CompareMaps(JsonTree? old, JsonTree? changed, FieldStructure structure)
    {
        var (left, right) = (old as JsonMap ?? JsonMap.Empty, changed as JsonMap ?? JsonMap.Empty);
        var changes = new ChangesBelow();
        var common = 0;
        for (var i = 0; i < right.Count; i++)
        {
            // Versions of one object mostly have their names in the same order.
            var (name, value) = right.Span[i];
            var before = i < left.Count && string.Equals(left.Span[i].Key, name, StringComparison.Ordinal) ? left.Span[i].Value : left.Find(name);
            common += before is null ? 0 : 1;
            if (before is null || !IsEqualScalar(before, value))
            {
                changes.Add(structure, name, CompareValues(before, value, structure.Child(name) ?? FieldStructure.Deduced));
            }
        }

        for (var i = 0; common < left.Count && i < left.Count; i++)
        {
            var (name, value) = left.Span[i];
            if (!right.ContainsKey(name))
            {
                changes.Add(structure, name, CompareValues(value, null, structure.Child(name) ?? FieldStructure.Deduced));
            }
        }

        return changes.ToChange(old, changed);
    }

    private static Change CompareLists(JsonTree? old, JsonTree? changed, FieldStructure structure)
    {
        var (left, right) = (old as JsonList ?? JsonList.Empty, changed as JsonList ?? JsonList.Empty);
        var changes = new ChangesBelow();
        if (old is null || changed is null || !left.Equals(right))
        {
            var (before, after) = (ListItems.Index(left, structure), ListItems.Index(right, structure));
            foreach (var (element, values) in before)
            {
                changes.Add(element, CompareItems(values, after.GetValueOrDefault(element), structure.Element!));
            }

            foreach (var (element, values) in after)
            {
                if (!before.ContainsKey(element))
                {
                    changes.Add(element, CompareItems(null, values, structure.Element!));
                }
            }
        }

        return changes.ToChange(old, changed);
    }

    private static Change CompareItems(List<JsonTree>? old, List<JsonTree>? changed, FieldStructure structure)
    {
        var (before, after) = (old?.Count ?? 0, changed?.Count ?? 0);
        if (before <= 1 && after <= 1)
        {
            return CompareValues(old?[0], changed?[0], structure);
        }

        // Items that cannot be told apart count as one, without parts.
        if (before > 1 && after > 1)
        {
            return new(old!.SequenceEqual(changed!) ? Difference.None : Difference.Modified, null, null, null);
        }

        if (before > 1)
        {
            var added = after == 1 ? CompareValues(null, changed![0], structure) : default;
            return added with { Self = Difference.Removed | added.Self };
        }

        var removed = before == 1 ? CompareValues(old![0], null, structure) : default;
        return removed with { Self = Difference.Added | removed.Self };
    }

    private static bool IsEmpty(JsonTree? value) => value is null or JsonNull or JsonMap { Count: 0 } or JsonList { Count: 0 };

    private static bool IsEqualScalar(JsonTree left, JsonTree right) => left is not (JsonMap or JsonList) && left.Equals(right);

    [Flags]
    private enum Difference
    {
        None = 0,
        Added = 1,
        Modified = 2,
        Removed = 4,
    }

    /// <summary>How a value and the values below it differ.</summary>
    private readonly record struct Change(Difference Self, FieldSet? Added, FieldSet? Modified, FieldSet? Removed)
    {
        public bool HasBelow => Added is not null || Modified is not null || Removed is not null;

        public bool Any => Self != Difference.None || HasBelow;
    }

    /// <summary>Collects the changes below a value.</summary>
    private struct ChangesBelow
    {
        private FieldSetBuilder _added;
        private FieldSetBuilder _modified;
        private FieldSetBuilder _removed;

        public void Add(FieldStructure structure, string name, Change change)
        {
            if (change.Any)
            {
                Add(structure.Find(name)?.Element ?? FieldElement.OfName(name), change);
            }
        }

        public void Add(string element, Change change)
        {
            _added.Add(element, change.Self.HasFlag(Difference.Added), change.Added);
            _modified.Add(element, change.Self.HasFlag(Difference.Modified), change.Modified);
            _removed.Add(element, change.Self.HasFlag(Difference.Removed), change.Removed);
        }

        public readonly Change ToChange(JsonTree? old, JsonTree? changed) => new(
            old is null ? Difference.Added : changed is null ? Difference.Removed : Difference.None, _added.ToSet(), _modified.ToSet(), _removed.ToSet());
    }
}
