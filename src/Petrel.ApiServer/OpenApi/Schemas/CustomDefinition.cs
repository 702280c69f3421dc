using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>
/// Makes the definition of a custom kind from the schema that its author gave. Version 2 has neither nullable nor allOf and the like,
/// and its clients refuse fields beside those that are named, so there parts that have such things say less.
/// </summary>
internal sealed class CustomDefinition(DefinitionSet definitions, bool isV2)
{
    // What does not describe values, or has a place of its own.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "description", "type", "format", "default", "required", "properties", "items", "additionalProperties", "allOf", "anyOf", "oneOf", "not", "example", "externalDocs", "id", "$schema", "$ref",
    };

    public SchemaNode Make(CustomKind kind)
    {
        var schema = kind.Schema?.Source;
        var keepsUnknown = schema?.XPreserveUnknownFields == true || kind.Definition.Spec.PreserveUnknownFields;

        // Where nothing is named, naming metadata alone would forbid all the rest.
        var node = schema is null || isV2 && keepsUnknown ? new SchemaNode { Type = "object" } : Node(schema);
        node = schema is null || isV2 && keepsUnknown ? node : node with { Properties = WithResource(node.Properties) };
        return node with { Extensions = [.. node.Extensions, .. SelectableFields(kind.Version), TypeDefinition.KindsExtension([kind.Info.GroupVersionKind])] };
    }

    private SchemaNode Node(JSONSchemaProps schema)
    {
        var isOpen = isV2 && (schema.Nullable || schema.XPreserveUnknownFields == true);
        var items = isOpen ? null : schema.Items?.Schema;
        var properties = isOpen ? [] : schema.Properties.OrderBy(static property => property.Key, StringComparer.Ordinal).ToList();
        var isUntyped = isV2 && (schema.Nullable || (schema.Type == "array" && items is null) || (schema.XPreserveUnknownFields == true && schema.Type == "object"));
        var nodes = properties.Select(property => KeyValuePair.Create(property.Key, Node(property.Value))).ToList();
        var hasResource = schema.XEmbeddedResource && !(isV2 && schema.XPreserveUnknownFields == true);
        return new SchemaNode
        {
            Description = schema.Description,
            Type = schema.Type.Length == 0 || isUntyped ? null : schema.Type,
            Format = schema.Format.Length == 0 ? null : schema.Format,
            Default = schema.Default?.ToString(),
            Required = [.. RequiredOf(schema, properties), .. hasResource ? ((string[])["kind", "apiVersion"]).Where(name => !schema.Required.Contains(name)) : []],
            Properties = hasResource ? WithResource(nodes) : nodes,
            Items = items is null ? null : Node(items),
            Values = schema.AdditionalProperties?.Schema is { } values ? Node(values) : null,
            HasAnyValues = schema.AdditionalProperties is { Schema: null },
            Combinations = isV2 ? [] : [.. Combinations(schema)],
            Keywords = Texts(schema, name => !Elsewhere.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal) && !(isV2 && name == "nullable")),
            Extensions = Texts(schema, static name => name.StartsWith("x-", StringComparison.Ordinal)),
        };
    }

    // What may be null cannot be asked for where there is no null.
    private IEnumerable<string> RequiredOf(JSONSchemaProps schema, List<KeyValuePair<string, JSONSchemaProps>> properties)
    {
        if (!isV2)
        {
            return schema.Required;
        }

        var nullable = properties.Where(static property => property.Value.Nullable).Select(static property => property.Key).ToHashSet(StringComparer.Ordinal);
        return schema.AdditionalProperties?.Schema?.Nullable == true ? [] : schema.Required.Where(name => !nullable.Contains(name));
    }

    private IEnumerable<KeyValuePair<string, IReadOnlyList<SchemaNode>>> Combinations(JSONSchemaProps schema)
    {
        (string Name, IEnumerable<JSONSchemaProps> Schemas)[] all = [("allOf", schema.AllOf), ("oneOf", schema.OneOf), ("anyOf", schema.AnyOf), ("not", schema.Not is { } not ? [not] : [])];
        return all.Where(static one => one.Schemas.Any()).Select(one => KeyValuePair.Create<string, IReadOnlyList<SchemaNode>>(one.Name, [.. one.Schemas.Select(Node)]));
    }

    private static IEnumerable<KeyValuePair<string, string>> SelectableFields(CustomResourceDefinitionVersion version) => version.SelectableFields.IsEmpty ? [] :
    [
        new("x-kubernetes-selectable-fields", JsonList.Create([.. version.SelectableFields.Select(static field => (JsonTree)JsonMap.Create(("fieldPath", field.JsonPath.TrimStart('.'))))]).ToString()),
    ];

    private IReadOnlyList<KeyValuePair<string, SchemaNode>> WithResource(IEnumerable<KeyValuePair<string, SchemaNode>> properties)
    {
        var all = new SortedDictionary<string, SchemaNode>(properties.ToDictionary(), StringComparer.Ordinal)
        {
            ["apiVersion"] = TypeDefinition.ApiVersion,
            ["kind"] = TypeDefinition.Kind,
            ["metadata"] = new SchemaNode { Description = "Standard object metadata.", Reference = definitions.Of(ObjectMeta.Schema) },
        };
        return [.. all];
    }

    // The fields of the schema itself as they would be written.
    private static IReadOnlyList<KeyValuePair<string, string>> Texts(JSONSchemaProps schema, Func<string, bool> isWanted)
    {
        var written = (JsonMap)JsonTree.Parse(JsonEncoding.Encode(schema with { Properties = default, Items = null, AdditionalProperties = null, AllOf = default, AnyOf = default, OneOf = default, Not = null }));
        return [.. written.Where(entry => isWanted(entry.Key)).Select(static entry => KeyValuePair.Create(entry.Key, entry.Value.ToString()))];
    }
}
