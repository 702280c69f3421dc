using System.Globalization;
using System.Text.Json;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>OpenAPI 2.0 (Swagger) as JSON. It knows no defaults, and one type for each value.</summary>
internal sealed class JsonV2 : IDocumentFormat
{
    internal const string DefinitionPath = "#/definitions/";
    internal const string ParameterPath = "#/parameters/";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Write(Document document) => JsonParts.Build(writer =>
    {
        var shared = SharedParameters.Of(document);
        writer.WriteStartObject();
        writer.WriteString("swagger"u8, "2.0");
        JsonParts.Info(writer, document);
        writer.WriteStartObject("paths"u8);
        foreach (var path in document.Paths)
        {
            writer.WriteStartObject(path.Path);
            foreach (var operation in path.Operations)
            {
                writer.WritePropertyName(operation.Method);
                WriteOperation(writer, operation, shared);
            }

            WriteParameters(writer, null, path.Parameters, shared);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("definitions"u8);
        foreach (var (name, schema) in document.Definitions)
        {
            writer.WritePropertyName(name);
            WriteSchema(writer, schema);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("parameters"u8);
        foreach (var (name, parameter) in shared.All)
        {
            writer.WritePropertyName(name);
            WriteParameter(writer, parameter);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("securityDefinitions"u8);
        writer.WriteRawValue("""{"BearerToken":{"description":"Token of a user or service account, sent as Bearer TOKEN.","type":"apiKey","name":"authorization","in":"header"}}"""u8, skipInputValidation: true);
        writer.WritePropertyName("security"u8);
        writer.WriteRawValue("""[{"BearerToken":[]}]"""u8, skipInputValidation: true);
        writer.WriteEndObject();
    });

    private static void WriteOperation(Utf8JsonWriter writer, Operation operation, SharedParameters shared)
    {
        writer.WriteStartObject();
        JsonParts.Text(writer, "description"u8, operation.Description);
        JsonParts.Texts(writer, "consumes"u8, operation.Consumes);
        JsonParts.Texts(writer, "produces"u8, operation.Produces);
        JsonParts.Texts(writer, "schemes"u8, ["https"]);
        JsonParts.Texts(writer, "tags"u8, [operation.Tag]);
        JsonParts.Text(writer, "operationId"u8, operation.Id);
        WriteParameters(writer, operation.Body, operation.Parameters, shared);
        writer.WriteStartObject("responses"u8);
        foreach (var answer in operation.Answers)
        {
            writer.WriteStartObject(answer.Code.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("description"u8, answer.Description);
            if (answer.Schema is not null)
            {
                writer.WritePropertyName("schema"u8);
                WriteSchema(writer, answer.Schema);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        JsonParts.Action(writer, operation);
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, Body? body, IReadOnlyList<Parameter> parameters, SharedParameters shared)
    {
        if (body is null && parameters.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("parameters"u8);
        if (body is not null)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "body");
            writer.WriteString("in"u8, "body");
            if (body.IsRequired)
            {
                writer.WriteBoolean("required"u8, true);
            }

            writer.WritePropertyName("schema"u8);
            WriteSchema(writer, new SchemaNode { Reference = body.Definition });
            writer.WriteEndObject();
        }

        foreach (var parameter in parameters)
        {
            if (shared.Find(parameter) is { } name)
            {
                writer.WriteStartObject();
                writer.WriteString("$ref"u8, ParameterPath + name);
                writer.WriteEndObject();
            }
            else
            {
                WriteParameter(writer, parameter);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter writer, Parameter parameter)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("uniqueItems"u8, true);
        writer.WriteString("type"u8, parameter.Type);
        JsonParts.Text(writer, "description"u8, parameter.Description);
        writer.WriteString("name"u8, parameter.Name);
        writer.WriteString("in"u8, parameter.In);
        if (parameter.IsRequired)
        {
            writer.WriteBoolean("required"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, SchemaNode schema)
    {
        writer.WriteStartObject();
        JsonParts.Text(writer, "description"u8, schema.Description);
        JsonParts.Text(writer, "type"u8, schema.Type);
        JsonParts.Text(writer, "format"u8, schema.Format);
        JsonParts.Texts(writer, "required"u8, schema.Required);
        JsonParts.Texts(writer, "enum"u8, schema.Enum);
        JsonParts.Text(writer, "$ref"u8, schema.Reference is null ? null : DefinitionPath + schema.Reference);
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

        JsonParts.Extensions(writer, schema.Keywords);
        JsonParts.Extensions(writer, schema.Extensions);
        writer.WriteEndObject();
    }
}
