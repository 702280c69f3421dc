using Petrel.Api.FieldManagement;
using Petrel.Api.Meta;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>How the fields of custom objects are owned (server-side apply, KEP-555), by the list and map types of their schema.</summary>
internal static class SchemaStructure
{
    private const string Atomic = "atomic";

    /// <summary>The structure of whole objects; what has no schema is owned as it looks.</summary>
    public static FieldStructure OfObject(StructuralSchema? schema)
    {
        var others = schema is null || schema.PreservesUnknown ? static () => FieldStructure.Deduced : (Func<FieldStructure>?)null;
        return FieldStructure.Struct(() => [.. ResourceMembers(), .. Members(schema).Where(static member => member.Name is not ("apiVersion" or "kind" or "metadata"))], others: others);
    }

    private static IEnumerable<FieldMember> ResourceMembers() =>
        [new("apiVersion", FieldStructure.String), new("kind", FieldStructure.String), new("metadata", FieldStructure.Of(ObjectMeta.Schema))];

    private static IEnumerable<FieldMember> Members(StructuralSchema? schema) =>
        schema?.Properties.Select(static property => new FieldMember(property.Key, Of(property.Value), property.Value.Default)) ?? [];

    private static FieldStructure Of(StructuralSchema schema) => schema.Source switch
    {
        { XIntOrString: true } => FieldStructure.AnyScalar,
        { Type: "object" } => OfMap(schema),
        { Type: "array" } => OfList(schema),
        { Type: "string" } => FieldStructure.String,
        { Type: "integer" or "number" } => FieldStructure.Numeric,
        { Type: "boolean" } => FieldStructure.Boolean,
        _ => FieldStructure.Deduced,
    };

    private static FieldStructure OfMap(StructuralSchema schema)
    {
        var isAtomic = schema.Source.XMapType == Atomic;
        if (schema.IsEmbedded)
        {
            return FieldStructure.Struct(() => [.. ResourceMembers(), .. Members(schema).Where(static member => member.Name is not ("apiVersion" or "kind" or "metadata"))], isAtomic, OthersOf(schema));
        }

        return schema.Properties.Count > 0
            ? FieldStructure.Struct(() => Members(schema), isAtomic, OthersOf(schema))
            : FieldStructure.Map(() => schema.Values is { } values ? Of(values) : FieldStructure.Deduced, isAtomic);
    }

    private static Func<FieldStructure>? OthersOf(StructuralSchema schema) => schema.PreservesUnknown ? static () => FieldStructure.Deduced : null;

    private static FieldStructure OfList(StructuralSchema schema)
    {
        FieldStructure Element() => schema.Items is { } items ? Of(items) : FieldStructure.Deduced;
        return schema.Source.XListType switch
        {
            "map" => FieldStructure.ListMap(schema.Source.XListMapKeys, Element),
            "set" => FieldStructure.Set(Element),
            _ => FieldStructure.AtomicList(Element),
        };
    }
}
