using Petrel.Api.Schema;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>The types that API types have in expressions which know them (kubernetes.io, "Common Expression Language in Kubernetes").</summary>
internal static class SchemaTypes
{
    /// <summary>The type of a whole object, which says of what kind it is.</summary>
    public static CelType Of(TypeSchema schema) => CelType.Object(schema.Name, name =>
        schema.KindSource is not null && name is "kind" or "apiVersion" ? CelType.String : FieldOf(schema, name));

    private static CelType? FieldOf(TypeSchema schema, string identifier)
    {
        // Only few names are written otherwise than they are.
        var field = schema.Find(identifier) is { } plain && FieldIdentifiers.Escape(plain.Name) == identifier
            ? plain
            : schema.Fields.FirstOrDefault(candidate => FieldIdentifiers.Escape(candidate.Name) == identifier);
        if (field is null)
        {
            return null;
        }

        var value = ValueOf(field);
        return field.Collection switch
        {
            Collection.List => CelType.List(value),
            Collection.Map => CelType.Map(CelType.String, value),
            Collection.MapOfLists => CelType.Map(CelType.String, CelType.List(value)),
            _ => value,
        };
    }

    private static CelType ValueOf(FieldSchema field) => field.Kind switch
    {
        FieldKind.Boolean => CelType.Bool,
        FieldKind.Int32 or FieldKind.Int64 => CelType.Int,
        FieldKind.Double => CelType.Double,
        FieldKind.Bytes => CelType.Bytes,
        FieldKind.Time or FieldKind.MicroTime => CelType.Timestamp,
        FieldKind.IntOrString => CelType.Dyn,
        FieldKind.Raw => CelType.Object(field.Definition ?? "object", static _ => null),
        FieldKind.Object when field.Element is { } element => Of(element),
        _ => CelType.String,
    };
}
