using System.Globalization;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.OpenApi.Model;
using static Petrel.ApiServer.OpenApi.Formats.ProtobufParts;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>OpenAPI 2.0 as protobuf (openapi.v2.Document of gnostic): what kubectl before 1.27 checks manifests with.</summary>
internal sealed class ProtobufV2 : IDocumentFormat
{
    private static readonly Dictionary<string, int> MethodFields = new()
    {
        ["get"] = 2,
        ["put"] = 3,
        ["post"] = 4,
        ["delete"] = 5,
        ["options"] = 6,
        ["head"] = 7,
        ["patch"] = 8,
    };

    private static readonly Dictionary<string, int> KeywordFields = new()
    {
        ["title"] = 3,
        ["multipleOf"] = 6,
        ["maximum"] = 7,
        ["exclusiveMaximum"] = 8,
        ["minimum"] = 9,
        ["exclusiveMinimum"] = 10,
        ["maxLength"] = 11,
        ["minLength"] = 12,
        ["pattern"] = 13,
        ["maxItems"] = 14,
        ["minItems"] = 15,
        ["uniqueItems"] = 16,
        ["maxProperties"] = 17,
        ["minProperties"] = 18,
        ["enum"] = 20,
    };

    public IReadOnlyList<string> MediaTypes { get; } = ["application/com.github.proto-openapi.spec.v2@v1.0+protobuf", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"];

    public string ContentType => "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    public ReadOnlyMemory<byte> Write(Document document)
    {
        var writer = new ProtobufWriter();
        var shared = SharedParameters.Of(document);
        Message(writer, 13, () => Message(writer, 1, () =>
        {
            Message(writer, 2, () => Message(writer, 2, () =>
            {
                writer.WriteString(4, "Token of a user or service account, sent as Bearer TOKEN.");
                writer.WriteString(3, "header");
                writer.WriteString(2, "authorization");
                writer.WriteString(1, "apiKey");
            }));
            writer.WriteString(1, "BearerToken");
        }));
        Message(writer, 12, () => Message(writer, 1, () =>
        {
            Message(writer, 2, () => { });
            writer.WriteString(1, "BearerToken");
        }));
        Message(writer, 10, () => Entries(writer, 1, [.. shared.All], parameter => WriteParameter(writer, parameter)));
        Message(writer, 9, () => Entries(writer, 1, document.Definitions, schema => WriteSchema(writer, schema)));
        Message(writer, 8, () => Entries(writer, 2, [.. document.Paths.Select(path => KeyValuePair.Create(path.Path, path))], path => WritePath(writer, path, shared)));
        Message(writer, 2, () =>
        {
            writer.WriteString(2, document.Version);
            writer.WriteString(1, Document.Title);
        });
        writer.WriteString(1, "2.0");
        return writer.ToArray();
    }

    private static void WritePath(ProtobufWriter writer, PathItem path, SharedParameters shared)
    {
        WriteParameters(writer, 9, null, path.Parameters, shared);
        foreach (var operation in path.Operations.OrderByDescending(operation => MethodFields[operation.Method]))
        {
            Message(writer, MethodFields[operation.Method], () => WriteOperation(writer, operation, shared));
        }
    }

    private static void WriteOperation(ProtobufWriter writer, Operation operation, SharedParameters shared)
    {
        Extensions(writer, 13, ActionOf(operation));
        writer.WriteString(10, "https");
        var answers = operation.Answers.Select(answer => KeyValuePair.Create(answer.Code.ToString(CultureInfo.InvariantCulture), answer)).ToList();
        Message(writer, 9, () => Entries(writer, 1, answers, answer => Message(writer, 1, () =>
        {
            if (answer.Schema is not null)
            {
                Message(writer, 2, () => Message(writer, 1, () => WriteSchema(writer, answer.Schema)));
            }

            writer.WriteString(1, answer.Description);
        })));
        WriteParameters(writer, 8, operation.Body, operation.Parameters, shared);
        Texts(writer, 7, operation.Consumes);
        Texts(writer, 6, operation.Produces);
        writer.WriteString(5, operation.Id);
        Text(writer, 3, operation.Description);
        writer.WriteString(1, operation.Tag);
    }

    private static void WriteParameters(ProtobufWriter writer, int number, Body? body, IReadOnlyList<Parameter> parameters, SharedParameters shared)
    {
        for (var i = parameters.Count - 1; i >= 0; i--)
        {
            var parameter = parameters[i];
            Message(writer, number, () =>
            {
                if (shared.Find(parameter) is { } name)
                {
                    Message(writer, 2, () => writer.WriteString(1, JsonV2.ParameterPath + name));
                }
                else
                {
                    Message(writer, 1, () => WriteParameter(writer, parameter));
                }
            });
        }

        if (body is not null)
        {
            Message(writer, number, () => Message(writer, 1, () => Message(writer, 1, () =>
            {
                Message(writer, 5, () => writer.WriteString(1, JsonV2.DefinitionPath + body.Definition));
                Flag(writer, 4, body.IsRequired);
                writer.WriteString(3, "body");
                writer.WriteString(2, "body");
            })));
        }
    }

    private static void WriteParameter(ProtobufWriter writer, Parameter parameter)
    {
        // {2: non-body parameter {3: in the query, 4: in the path}}; these two differ in a few numbers.
        var isPath = parameter.In == "path";
        Message(writer, 2, () => Message(writer, isPath ? 4 : 3, () =>
        {
            Flag(writer, isPath ? 19 : 20, true);
            writer.WriteString(isPath ? 5 : 6, parameter.Type);
            writer.WriteString(4, parameter.Name);
            Text(writer, 3, parameter.Description);
            writer.WriteString(2, parameter.In);
            Flag(writer, 1, parameter.IsRequired);
        }));
    }

    private static void WriteSchema(ProtobufWriter writer, SchemaNode schema)
    {
        Extensions(writer, 31, schema.Extensions);
        if (schema.Properties.Count > 0)
        {
            Message(writer, 25, () => Entries(writer, 1, schema.Properties, property => WriteSchema(writer, property)));
        }

        if (schema.Items is { } items)
        {
            Message(writer, 23, () => Message(writer, 1, () => WriteSchema(writer, items)));
        }

        if (schema.Type is { } type)
        {
            Message(writer, 22, () => writer.WriteString(1, type));
        }

        if (schema.Values is { } values)
        {
            Message(writer, 21, () => Message(writer, 1, () => WriteSchema(writer, values)));
        }
        else if (schema.HasAnyValues)
        {
            Message(writer, 21, () => Flag(writer, 2, true));
        }

        for (var i = schema.Enum.Count - 1; i >= 0; i--)
        {
            var value = schema.Enum[i];
            Message(writer, 20, () => Any(writer, Schemas.TypeDefinition.Quote(value)));
        }

        Texts(writer, 19, schema.Required);
        Keywords(writer, schema.Keywords, KeywordFields);
        Text(writer, 4, schema.Description);
        Text(writer, 2, schema.Format);
        Text(writer, 1, schema.Reference is null ? null : JsonV2.DefinitionPath + schema.Reference);
    }
}
