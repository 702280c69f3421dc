namespace Petrel.Api.Resources;

/// <summary>A kind with field selectors beyond metadata.name and metadata.namespace.</summary>
public interface ISelectable : ISelectableValue
{
    /// <summary>Labels of the supported fields, e.g. spec.nodeName.</summary>
    static abstract IReadOnlyList<string> SelectableFields { get; }

    /// <summary>The answer to a label that is none of them.</summary>
    static virtual string UnsupportedField(string label) => $"field label not supported: {label}";
}
