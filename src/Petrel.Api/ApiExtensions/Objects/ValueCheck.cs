using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>What checking a value found, and how much of it was right: of several alternatives the closest one explains itself.</summary>
internal sealed class ValueCheck
{
    private readonly FieldErrors _errors = new();

    public FieldErrors Errors => _errors;

    /// <summary>Checks that were carried out; the more there are, the closer the value is to the schema.</summary>
    public int Matches { get; private set; }

    public bool IsValid => _errors.Count == 0;

    public void Count() => Matches++;

    public void Merge(ValueCheck other)
    {
        Matches += other.Matches;
        _errors.Add(other._errors);
    }
}
