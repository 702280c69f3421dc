namespace Petrel.Api.Resources;

/// <summary>The object half of <see cref="ISelectable"/>.</summary>
public interface ISelectableValue
{
    /// <summary>Value of a supported field as selectors compare it; the empty string when unset.</summary>
    string FieldValue(string field);
}
