using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>Makes the schema of a field.</summary>
internal static class FieldDefinition
{
    /// <summary>The default of objects.</summary>
    private const string EmptyObject = "{}";

    public static SchemaNode Make(FieldSchema field, DefinitionSet definitions)
    {
        var value = Value(field, definitions);
        var node = field.Collection switch
        {
            Collection.None => value with { Default = field.Default ?? (field is { Always: true, Nullable: false } ? Zero(field.Kind) : null) },
            Collection.List => new SchemaNode { Type = "array", Items = Element(field, value) },
            Collection.Map => new SchemaNode { Type = "object", Values = Element(field, value) },
            _ => new SchemaNode { Type = "object", Values = new SchemaNode { Type = "array", Items = Element(field, value) } },
        };
        return node with { Description = field.Description, Extensions = [.. Extensions(field)] };
    }

    private static SchemaNode Element(FieldSchema field, SchemaNode value) => value with { Default = Zero(field.Kind) };

    private static SchemaNode Value(FieldSchema field, DefinitionSet definitions) => field.Kind switch
    {
        FieldKind.String => new SchemaNode { Type = "string", Enum = [.. field.Enum.Order(StringComparer.Ordinal)] },
        FieldKind.Boolean => new SchemaNode { Type = "boolean" },
        FieldKind.Int32 => new SchemaNode { Type = "integer", Format = "int32" },
        FieldKind.Int64 => new SchemaNode { Type = "integer", Format = "int64" },
        FieldKind.Double => new SchemaNode { Type = "number", Format = "double" },
        FieldKind.Bytes => new SchemaNode { Type = "string", Format = "byte" },
        FieldKind.Time => Reference(definitions.Of(ValueDefinition.Time)),
        FieldKind.MicroTime => Reference(definitions.Of(ValueDefinition.MicroTime)),
        FieldKind.Quantity => Reference(definitions.Of(ValueDefinition.Quantity)),
        FieldKind.IntOrString => Reference(definitions.Of(ValueDefinition.IntOrString)),
        FieldKind.Raw => Reference(definitions.Of(ValueDefinition.Raw(field.Definition))),
        FieldKind.Object => Reference(definitions.Of(field.Element!)),
        _ => throw new InvalidOperationException($"field {field.Name} has no OpenAPI type"),
    };

    private static SchemaNode Reference(string name) => new() { Reference = name };

    // What is always written has its zero value as default; values with a JSON form of their own have none.
    private static string? Zero(FieldKind kind) => kind switch
    {
        FieldKind.String => "\"\"",
        FieldKind.Boolean => "false",
        FieldKind.Int32 or FieldKind.Int64 or FieldKind.Double => "0",
        FieldKind.Object => EmptyObject,
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, string>> Extensions(FieldSchema field)
    {
        if (field.MapKeys.Count > 0)
        {
            yield return new("x-kubernetes-list-map-keys", "[" + string.Join(",", field.MapKeys.Select(TypeDefinition.Quote)) + "]");
        }

        if (field.ListType is { } listType)
        {
            yield return new("x-kubernetes-list-type", TypeDefinition.Quote(listType));
        }

        if (field.MapType is { } mapType)
        {
            yield return new("x-kubernetes-map-type", TypeDefinition.Quote(mapType));
        }

        if (field.PatchMergeKey is { } mergeKey)
        {
            yield return new("x-kubernetes-patch-merge-key", TypeDefinition.Quote(mergeKey));
        }

        if (field.PatchStrategy.Count > 0)
        {
            yield return new("x-kubernetes-patch-strategy", TypeDefinition.Quote(string.Join(",", field.PatchStrategy)));
        }
    }
}
