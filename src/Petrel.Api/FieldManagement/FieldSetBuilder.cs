namespace Petrel.Api.FieldManagement;

/// <summary>Collects the entries of one level of a <see cref="FieldSet"/>. Allocates nothing until there is one.</summary>
internal struct FieldSetBuilder
{
    private List<FieldSetEntry>? _entries;

    public void Add(string element, bool isMember, FieldSet? children)
    {
        if (FieldSetEntry.Make(element, isMember, children) is { } entry)
        {
            (_entries ??= []).Add(entry);
        }
    }

    /// <summary>The set; null when it is empty.</summary>
    public readonly FieldSet? ToSet()
    {
        if (_entries is null)
        {
            return null;
        }

        _entries.Sort(static (left, right) => string.CompareOrdinal(left.Element, right.Element));
        return new FieldSet([.. _entries]);
    }
}
