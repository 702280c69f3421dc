using System.Globalization;
using System.Text.Json;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.OpenApi.Model;
using static Petrel.ApiServer.OpenApi.Formats.ProtobufParts;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>OpenAPI 3.0 as protobuf (openapi.v3.Document of gnostic). It has no form for the default {}, which is left out.</summary>
internal sealed class ProtobufV3 : IDocumentFormat
{
    private static readonly Dictionary<string, int> MethodFields = new()
    {
        ["get"] = 4,
        ["put"] = 5,
        ["post"] = 6,
        ["delete"] = 7,
        ["options"] = 8,
        ["head"] = 9,
        ["patch"] = 10,
    };

    private static readonly Dictionary<string, int> KeywordFields = new()
    {
        ["nullable"] = 1,
        ["title"] = 9,
        ["multipleOf"] = 10,
        ["maximum"] = 11,
        ["exclusiveMaximum"] = 12,
        ["minimum"] = 13,
        ["exclusiveMinimum"] = 14,
        ["maxLength"] = 15,
        ["minLength"] = 16,
        ["pattern"] = 17,
        ["maxItems"] = 18,
        ["minItems"] = 19,
        ["uniqueItems"] = 20,
        ["maxProperties"] = 21,
        ["minProperties"] = 22,
        ["enum"] = 24,
    };

    public IReadOnlyList<string> MediaTypes { get; } = ["application/com.github.proto-openapi.spec.v3@v1.0+protobuf", "application/com.github.proto-openapi.spec.v3.v1.0+protobuf"];

    public string ContentType => "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

    public ReadOnlyMemory<byte> Write(Document document)
    {
        var writer = new ProtobufWriter();
        Message(writer, 5, () =>
        {
            Message(writer, 7, () => Entries(writer, 1, [KeyValuePair.Create("BearerToken", 0)], _ => Message(writer, 1, () =>
            {
                writer.WriteString(4, "header");
                writer.WriteString(3, "authorization");
                writer.WriteString(2, "Token of a user or service account, sent as Bearer TOKEN.");
                writer.WriteString(1, "apiKey");
            })));
            Message(writer, 1, () => Entries(writer, 1, document.Definitions, schema => WriteSchema(writer, schema)));
        });
        Message(writer, 4, () => Entries(writer, 1, [.. document.Paths.Select(path => KeyValuePair.Create(path.Path, path))], path => WritePath(writer, path)));
        Message(writer, 2, () =>
        {
            writer.WriteString(6, document.Version);
            writer.WriteString(1, Document.Title);
        });
        writer.WriteString(1, "3.0.0");
        return writer.ToArray();
    }

    private static void WritePath(ProtobufWriter writer, PathItem path)
    {
        WriteParameters(writer, 13, path.Parameters);
        foreach (var operation in path.Operations.OrderByDescending(operation => MethodFields[operation.Method]))
        {
            Message(writer, MethodFields[operation.Method], () => WriteOperation(writer, operation));
        }
    }

    private static void WriteOperation(ProtobufWriter writer, Operation operation)
    {
        Extensions(writer, 13, ActionOf(operation));
        var answers = operation.Answers.Select(answer => KeyValuePair.Create(answer.Code.ToString(CultureInfo.InvariantCulture), answer)).ToList();
        Message(writer, 8, () => Entries(writer, 2, answers, answer => Message(writer, 1, () =>
        {
            if (answer.Schema is not null)
            {
                Message(writer, 3, () => WriteContent(writer, operation.Produces, answer.Schema));
            }

            writer.WriteString(1, answer.Description);
        })));
        if (operation.Body is { } body)
        {
            Message(writer, 7, () => Message(writer, 1, () =>
            {
                Flag(writer, 3, body.IsRequired);
                Message(writer, 2, () => WriteContent(writer, operation.Consumes, new SchemaNode { Reference = body.Definition }));
            }));
        }

        WriteParameters(writer, 6, operation.Parameters);
        writer.WriteString(5, operation.Id);
        Text(writer, 3, operation.Description);
        writer.WriteString(1, operation.Tag);
    }

    private static void WriteContent(ProtobufWriter writer, IReadOnlyList<string> mediaTypes, SchemaNode schema) =>
        Entries(writer, 1, [.. mediaTypes.Order(StringComparer.Ordinal).Select(mediaType => KeyValuePair.Create(mediaType, schema))], value => Message(writer, 1, () => WriteSchema(writer, value)));

    private static void WriteParameters(ProtobufWriter writer, int number, IReadOnlyList<Parameter> parameters)
    {
        for (var i = parameters.Count - 1; i >= 0; i--)
        {
            var parameter = parameters[i];
            Message(writer, number, () => Message(writer, 1, () =>
            {
                Message(writer, 10, () => Message(writer, 1, () =>
                {
                    writer.WriteString(25, parameter.Type);
                    Flag(writer, 20, true);
                }));
                Flag(writer, 4, parameter.IsRequired);
                Text(writer, 3, parameter.Description);
                writer.WriteString(2, parameter.In);
                writer.WriteString(1, parameter.Name);
            }));
        }
    }

    /// <summary>Writes a schema {1} or a reference {2}; a reference beside which something stands is an allOf.</summary>
    private static void WriteSchema(ProtobufWriter writer, SchemaNode schema)
    {
        if (schema.IsBareReference)
        {
            WriteReference(writer, schema.Reference!);
            return;
        }

        WriteFields(writer, 1, schema);
    }

    private static void WriteFields(ProtobufWriter writer, int number, SchemaNode schema)
    {
        Message(writer, number, () =>
        {
            Extensions(writer, 36, schema.Extensions);
            Text(writer, 35, schema.Format);
            Text(writer, 34, schema.Description);
            WriteDefault(writer, schema.Default);
            if (schema.Values is { } values)
            {
                Message(writer, 32, () => Message(writer, 1, () => WriteSchema(writer, values)));
            }
            else if (schema.HasAnyValues)
            {
                Message(writer, 32, () => Flag(writer, 2, true));
            }

            if (schema.Properties.Count > 0)
            {
                Message(writer, 31, () => Entries(writer, 1, schema.Properties, property => WriteSchema(writer, property)));
            }

            if (schema.Items is { } items)
            {
                Message(writer, 30, () => Message(writer, 1, () => WriteSchema(writer, items)));
            }

            foreach (var (name, schemas) in schema.Combinations)
            {
                WriteCombination(writer, name, schemas);
            }

            for (var i = schema.OneOf.Count - 1; i >= 0; i--)
            {
                var type = schema.OneOf[i];
                Message(writer, 27, () => Message(writer, 1, () => writer.WriteString(25, type)));
            }

            if (schema.Reference is { } reference)
            {
                Message(writer, 26, () => WriteReference(writer, reference));
            }

            Text(writer, 25, schema.OneOf.Count > 0 ? null : schema.Type);
            for (var i = schema.Enum.Count - 1; i >= 0; i--)
            {
                var value = schema.Enum[i];
                Message(writer, 24, () => Any(writer, Schemas.TypeDefinition.Quote(value)));
            }

            Texts(writer, 23, schema.Required);
            Keywords(writer, schema.Keywords, KeywordFields);
        });
    }

    private static void WriteCombination(ProtobufWriter writer, string name, IReadOnlyList<SchemaNode> schemas)
    {
        var number = name switch
        {
            "allOf" => 26,
            "oneOf" => 27,
            "anyOf" => 28,
            _ => 29,
        };
        foreach (var schema in schemas.Reverse())
        {
            if (number == 29)
            {
                // No reference can stand here, so there is one message less.
                WriteFields(writer, number, schema);
            }
            else
            {
                Message(writer, number, () => WriteSchema(writer, schema));
            }
        }
    }

    private static void WriteReference(ProtobufWriter writer, string name) => Message(writer, 2, () => writer.WriteString(1, "#/components/schemas/" + name));

    private static void WriteDefault(ProtobufWriter writer, string? json)
    {
        if (json is null)
        {
            return;
        }

        using var value = JsonDocument.Parse(json);
        switch (value.RootElement.ValueKind)
        {
            case JsonValueKind.Number:
                Message(writer, 33, () => writer.WriteDouble(1, value.RootElement.GetDouble()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Message(writer, 33, () => writer.WriteVarint(2, value.RootElement.GetBoolean() ? 1u : 0));
                break;
            case JsonValueKind.String:
                Message(writer, 33, () => writer.WriteString(3, value.RootElement.GetString()!));
                break;
        }
    }
}
