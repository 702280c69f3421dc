using System.Runtime.CompilerServices;
using Petrel.Api.Json;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// A version's schema in the form in which objects are walked along it: what JSON values mean at each place. Made once for a
/// definition; a value for which there is no schema has none here either.
/// </summary>
public sealed class StructuralSchema
{
    private readonly ConditionalWeakTable<JSONSchemaProps, StructuralSchema> _alternatives = [];

    private StructuralSchema(JSONSchemaProps source)
    {
        Source = source;
        Properties = source.Properties.ToDictionary(static property => property.Key, static property => Of(property.Value), StringComparer.Ordinal);
        Items = source.Items?.Schema is { } items ? Of(items) : null;
        Values = source.AdditionalProperties?.Schema is { } values ? Of(values) : null;
    }

    /// <summary>The schema as it was given.</summary>
    public JSONSchemaProps Source { get; }

    internal IReadOnlyDictionary<string, StructuralSchema> Properties { get; }

    internal StructuralSchema? Items { get; }

    /// <summary>Schema of values under names that are not properties.</summary>
    internal StructuralSchema? Values { get; }

    /// <summary>Names that are not properties are allowed.</summary>
    internal bool AllowsMore => Source.AdditionalProperties is not null;

    internal bool PreservesUnknown => Source.XPreserveUnknownFields == true;

    internal bool IsEmbedded => Source.XEmbeddedResource;

    internal JsonTree? Default => Source.Default;

    public static StructuralSchema Of(JSONSchemaProps source) => new(source);

    /// <summary>A schema of the same value beside this one (allOf and its like).</summary>
    internal StructuralSchema Alternative(JSONSchemaProps source) => _alternatives.GetValue(source, static known => new StructuralSchema(known));

    /// <summary>Schema of the value of that name; null when nothing is said about it.</summary>
    internal StructuralSchema? Child(string name) => Properties.TryGetValue(name, out var property) ? property : Values;
}
