using System.Text;
using Petrel.Api.Expressions;
using Petrel.Api.Json;
using Petrel.Cel.Types;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>The types that structural schemas have in expressions. What is not described has none and cannot be used.</summary>
public static class SchemaTypes
{
    /// <summary>Bytes of the largest request: what has no limit of its own cannot be larger than this allows.</summary>
    internal const long RequestBytesMax = 3 * 1024 * 1024;

    private const long TextBytesMin = 2;
    private const long DurationBytesMin = 4;
    private const long DurationBytesMax = 32;
    private const long DateBytes = 12;
    private const long DateTimeBytesMin = 21;
    private const long DateTimeBytesMax = 32;

    private static readonly JSONSchemaProps Text = new() { Type = "string" };

    /// <summary>Metadata as rules at the root of a resource see it.</summary>
    private static readonly JSONSchemaProps ObjectMeta = new()
    {
        Type = "object",
        Properties = ApiMap.FromPairs([KeyValuePair.Create("name", Text), KeyValuePair.Create("generateName", Text)]),
    };

    /// <summary>The type of a schema; null when rules cannot say anything about its values.</summary>
    /// <param name="isResourceRoot">The values are whole resources, of which rules see apiVersion, kind and the names.</param>
    public static RuleType? Of(JSONSchemaProps schema, bool isResourceRoot) => Of(schema, isResourceRoot, "selfType");

    /// <summary>The schema of a resource with what is always there.</summary>
    public static JSONSchemaProps WithTypeAndObjectMeta(JSONSchemaProps schema)
    {
        var properties = schema.Properties.ToDictionary(static property => property.Key, static property => property.Value, StringComparer.Ordinal);
        properties["apiVersion"] = Text;
        properties["kind"] = Text;
        properties["metadata"] = ObjectMeta;
        return schema with { Properties = ApiMap.FromPairs(properties) };
    }

    /// <summary>How often a part can occur in a request at most.</summary>
    internal static ulong MaxCardinality(RuleType type) => (ulong)(RequestBytesMax / (type.MinSerializedSize + 1));

    private static RuleType? Of(JSONSchemaProps schema, bool isResourceRoot, string name)
    {
        if (schema.XIntOrString)
        {
            return new RuleType(schema, CelType.Dyn, 1) { MaxElements = RequestBytesMax - 2 };
        }

        return schema.Type switch
        {
            "array" => ListOf(schema, name),
            "object" when schema.AdditionalProperties?.Schema is { } values => MapOf(schema, values, name),
            "object" => ObjectOf(isResourceRoot ? WithTypeAndObjectMeta(schema) : schema, name),
            "string" => TextOf(schema),
            "boolean" => new RuleType(schema, CelType.Bool, 4),
            "number" => new RuleType(schema, CelType.Double, 1),
            "integer" => new RuleType(schema, CelType.Int, 1),
            _ => null,
        };
    }

    private static RuleType? ListOf(JSONSchemaProps schema, string name)
    {
        if (schema.Items?.Schema is not { } items || Of(items, items.XEmbeddedResource, name + ".@idx") is not { } element)
        {
            return null;
        }

        return new RuleType(schema, CelType.List(element.Type), 2)
        {
            Element = element,
            MaxElements = schema.MaxItems is { } max ? Math.Max(max, 0) : (RequestBytesMax - 2) / (element.MinSerializedSize + 1),
        };
    }

    private static RuleType? MapOf(JSONSchemaProps schema, JSONSchemaProps values, string name)
    {
        if (Of(values, values.XEmbeddedResource, name + ".@elem") is not { } element)
        {
            return null;
        }

        // An entry has at least an empty key, a colon, a comma and the blanks between.
        const long EntryBytes = 6;
        return new RuleType(schema, CelType.Map(CelType.String, element.Type), 2)
        {
            Element = element,
            MaxElements = schema.MaxProperties is { } max ? Math.Max(max, 0) : (RequestBytesMax - 2) / (element.MinSerializedSize + EntryBytes),
        };
    }

    private static RuleType ObjectOf(JSONSchemaProps schema, string name)
    {
        var fields = new Dictionary<string, RuleType>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var required = schema.Required.ToHashSet(StringComparer.Ordinal);
        var bytes = 2L;
        foreach (var (key, property) in schema.Properties)
        {
            if (Of(property, property.XEmbeddedResource, $"{name}.{key}") is not { } field)
            {
                continue;
            }

            if (FieldIdentifiers.Escape(key) is { } identifier)
            {
                fields[identifier] = field;
                names[identifier] = key;
            }

            // Fields with a default need not be sent.
            if (required.Contains(key) && property.Default is null)
            {
                bytes += Encoding.UTF8.GetByteCount(key) + field.MinSerializedSize + 4;
            }
        }

        return new RuleType(schema, CelType.Object(name, identifier => fields.GetValueOrDefault(identifier)?.Type), bytes) { Fields = fields, Names = names };
    }

    private static RuleType TextOf(JSONSchemaProps schema) => schema.Format switch
    {
        "byte" => new RuleType(schema, CelType.Bytes, TextBytesMin) { MaxElements = LengthMax(schema) },
        "duration" => new RuleType(schema, CelType.Duration, DurationBytesMin) { MaxElements = DurationBytesMax },
        "date" => new RuleType(schema, CelType.Timestamp, DateBytes) { MaxElements = DateBytes },
        "date-time" => new RuleType(schema, CelType.Timestamp, DateTimeBytesMin) { MaxElements = DateTimeBytesMax },
        _ => new RuleType(schema, CelType.String, TextBytesMin) { MaxElements = schema is { MaxLength: null, Enum.Count: > 0 } ? EnumLengthMax(schema) : LengthMax(schema) },
    };

    private static long LengthMax(JSONSchemaProps schema) => schema.MaxLength is { } max ? Math.Max(max, 0) : RequestBytesMax - 2;

    private static long EnumLengthMax(JSONSchemaProps schema) => schema.Enum.Max(static value => value is JsonText text ? Encoding.UTF8.GetByteCount(text.Value) : 0);
}
