using System.Globalization;
using System.Text.Json;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>OpenAPI 3.0 as JSON.</summary>
internal sealed class JsonV3 : IDocumentFormat
{
    private const string Definitions = "#/components/schemas/";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Write(Document document) => JsonParts.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("openapi"u8, "3.0.0");
        JsonParts.Info(writer, document);
        writer.WriteStartObject("paths"u8);
        foreach (var path in document.Paths)
        {
            writer.WritePropertyName(path.Path);
            WritePath(writer, path);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("components"u8);
        if (document.Definitions.Count > 0)
        {
            writer.WriteStartObject("schemas"u8);
            foreach (var (name, schema) in document.Definitions)
            {
                writer.WritePropertyName(name);
                WriteSchema(writer, schema);
            }

            writer.WriteEndObject();
        }

        writer.WritePropertyName("securitySchemes"u8);
        writer.WriteRawValue("""{"BearerToken":{"type":"apiKey","description":"Token of a user or service account, sent as Bearer TOKEN.","name":"authorization","in":"header"}}"""u8, skipInputValidation: true);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WritePath(Utf8JsonWriter writer, PathItem path)
    {
        writer.WriteStartObject();
        foreach (var operation in path.Operations)
        {
            writer.WritePropertyName(operation.Method);
            WriteOperation(writer, operation);
        }

        WriteParameters(writer, path.Parameters);
        writer.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter writer, Operation operation)
    {
        writer.WriteStartObject();
        JsonParts.Texts(writer, "tags"u8, [operation.Tag]);
        JsonParts.Text(writer, "description"u8, operation.Description);
        JsonParts.Text(writer, "operationId"u8, operation.Id);
        WriteParameters(writer, operation.Parameters);
        if (operation.Body is { } body)
        {
            writer.WriteStartObject("requestBody"u8);
            WriteContent(writer, operation.Consumes, new SchemaNode { Reference = body.Definition });
            if (body.IsRequired)
            {
                writer.WriteBoolean("required"u8, true);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("responses"u8);
        foreach (var answer in operation.Answers)
        {
            writer.WriteStartObject(answer.Code.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("description"u8, answer.Description);
            if (answer.Schema is not null)
            {
                WriteContent(writer, operation.Produces, answer.Schema);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        JsonParts.Action(writer, operation);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, IReadOnlyList<string> mediaTypes, SchemaNode schema)
    {
        writer.WriteStartObject("content"u8);
        foreach (var mediaType in mediaTypes.Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject(mediaType);
            writer.WritePropertyName("schema"u8);
            WriteSchema(writer, schema);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("parameters"u8);
        foreach (var parameter in parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, parameter.Name);
            writer.WriteString("in"u8, parameter.In);
            JsonParts.Text(writer, "description"u8, parameter.Description);
            if (parameter.IsRequired)
            {
                writer.WriteBoolean("required"u8, true);
            }

            writer.WriteStartObject("schema"u8);
            writer.WriteString("type"u8, parameter.Type);
            writer.WriteBoolean("uniqueItems"u8, true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSchema(Utf8JsonWriter writer, SchemaNode schema)
    {
        writer.WriteStartObject();
        JsonParts.Text(writer, "description"u8, schema.Description);
        JsonParts.Text(writer, "type"u8, schema.OneOf.Count > 0 ? null : schema.Type);
        JsonParts.Text(writer, "format"u8, schema.Format);
        JsonParts.Texts(writer, "required"u8, schema.Required);
        if (schema.Default is not null)
        {
            writer.WritePropertyName("default"u8);
            writer.WriteRawValue(schema.Default, skipInputValidation: true);
        }

        JsonParts.Texts(writer, "enum"u8, schema.Enum);
        WriteReference(writer, schema);
        WriteChildren(writer, schema);
        JsonParts.Extensions(writer, schema.Keywords);
        JsonParts.Extensions(writer, schema.Extensions);
        writer.WriteEndObject();
    }

    // A reference stands alone in OpenAPI 3.0; what is to stand beside it needs allOf.
    private static void WriteReference(Utf8JsonWriter writer, SchemaNode schema)
    {
        if (schema.Reference is null)
        {
            return;
        }

        if (schema.IsBareReference)
        {
            writer.WriteString("$ref"u8, Definitions + schema.Reference);
            return;
        }

        writer.WriteStartArray("allOf"u8);
        writer.WriteStartObject();
        writer.WriteString("$ref"u8, Definitions + schema.Reference);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteChildren(Utf8JsonWriter writer, SchemaNode schema)
    {
        if (schema.OneOf.Count > 0)
        {
            writer.WriteStartArray("oneOf"u8);
            foreach (var type in schema.OneOf)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, type);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (schema.Properties.Count > 0)
        {
            writer.WriteStartObject("properties"u8);
            foreach (var (name, property) in schema.Properties)
            {
                writer.WritePropertyName(name);
                WriteSchema(writer, property);
            }

            writer.WriteEndObject();
        }

        if (schema.Items is not null)
        {
            writer.WritePropertyName("items"u8);
            WriteSchema(writer, schema.Items);
        }

        if (schema.Values is not null)
        {
            writer.WritePropertyName("additionalProperties"u8);
            WriteSchema(writer, schema.Values);
        }
        else if (schema.HasAnyValues)
        {
            writer.WriteBoolean("additionalProperties"u8, true);
        }

        foreach (var (name, schemas) in schema.Combinations)
        {
            writer.WritePropertyName(name);
            if (name == "not")
            {
                WriteSchema(writer, schemas[0]);
                continue;
            }

            writer.WriteStartArray();
            foreach (var each in schemas)
            {
                WriteSchema(writer, each);
            }

            writer.WriteEndArray();
        }
    }
}
