using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using static Petrel.ApiServer.OpenApi.Formats.ProtobufParts;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>
/// Writes the JSON of an OpenAPI 2.0 document as protobuf (gnostic's OpenAPIv2.proto). Written behind another document, its parts become the
/// other's, too: that is how protobuf merges messages.
/// </summary>
internal static class SwaggerProtobuf
{
    private static readonly (string Name, int Number)[] Methods = [("patch", 8), ("head", 7), ("options", 6), ("delete", 5), ("post", 4), ("put", 3), ("get", 2)];

    public static byte[] Write(SwaggerDocument document)
    {
        var writer = new ProtobufWriter();
        Message(writer, 10, () => Maps(writer, 1, document.Parameters, parameter => WriteParameter(writer, parameter)));
        Message(writer, 9, () => Maps(writer, 1, document.Definitions, schema => WriteSchema(writer, schema)));
        Message(writer, 8, () => Maps(writer, 2, document.Paths, path => WritePath(writer, path)));
        return writer.ToArray();
    }

    private static void WritePath(ProtobufWriter writer, JsonMap path)
    {
        Vendor(writer, 10, path);
        Parameters(writer, 9, path);
        foreach (var (name, number) in Methods)
        {
            if (path.FindMap(name) is { } operation)
            {
                Message(writer, number, () => WriteOperation(writer, operation));
            }
        }

        Text(writer, 1, path.FindText("$ref"));
    }

    private static void WriteOperation(ProtobufWriter writer, JsonMap operation)
    {
        Vendor(writer, 13, operation);
        Flag(writer, 11, operation, "deprecated");
        Texts(writer, 10, operation, "schemes");
        Message(writer, 9, () => Maps(writer, 1, operation.FindMap("responses") ?? JsonMap.Empty, response => Message(writer, 1, () =>
        {
            if (response.FindMap("schema") is { } schema)
            {
                Message(writer, 2, () => Message(writer, 1, () => WriteSchema(writer, schema)));
            }

            Text(writer, 1, response.FindText("description"));
        })));
        Parameters(writer, 8, operation);
        Texts(writer, 7, operation, "consumes");
        Texts(writer, 6, operation, "produces");
        Text(writer, 5, operation.FindText("operationId"));
        Text(writer, 3, operation.FindText("description"));
        Text(writer, 2, operation.FindText("summary"));
        Texts(writer, 1, operation, "tags");
    }

    private static void Parameters(ProtobufWriter writer, int number, JsonMap owner)
    {
        foreach (var parameter in Maps(owner, "parameters").Reverse())
        {
            Message(writer, number, () =>
            {
                if (parameter.FindText("$ref") is { } reference)
                {
                    Message(writer, 2, () => writer.WriteString(1, reference));
                }
                else
                {
                    Message(writer, 1, () => WriteParameter(writer, parameter));
                }
            });
        }
    }

    /// <summary>{1: body parameter, 2: another one {1: header, 2: form, 3: query, 4: path}}; the latter differ in a few numbers.</summary>
    private static void WriteParameter(ProtobufWriter writer, JsonMap parameter)
    {
        var place = parameter.FindText("in") ?? "";
        if (place == "body")
        {
            Message(writer, 1, () =>
            {
                if (parameter.FindMap("schema") is { } schema)
                {
                    Message(writer, 5, () => WriteSchema(writer, schema));
                }

                Flag(writer, 4, parameter, "required");
                writer.WriteString(3, place);
                Text(writer, 2, parameter.FindText("name"));
                Text(writer, 1, parameter.FindText("description"));
            });
            return;
        }

        var (kind, type, unique) = place switch
        {
            "header" => (1, 5, 19),
            "formData" => (2, 6, 20),
            "path" => (4, 5, 19),
            _ => (3, 6, 20),
        };
        Message(writer, 2, () => Message(writer, kind, () =>
        {
            Flag(writer, unique, parameter, "uniqueItems");
            Text(writer, type, parameter.FindText("type"));
            Text(writer, 4, parameter.FindText("name"));
            Text(writer, 3, parameter.FindText("description"));
            Text(writer, 2, place);
            Flag(writer, 1, parameter, "required");
        }));
    }

    private static void WriteSchema(ProtobufWriter writer, JsonMap schema)
    {
        Vendor(writer, 31, schema);
        if (schema.FindMap("properties") is { } properties)
        {
            Message(writer, 25, () => Maps(writer, 1, properties, property => WriteSchema(writer, property)));
        }

        foreach (var part in Maps(schema, "allOf").Reverse())
        {
            Message(writer, 24, () => WriteSchema(writer, part));
        }

        if (schema.FindMap("items") is { } items)
        {
            Message(writer, 23, () => Message(writer, 1, () => WriteSchema(writer, items)));
        }

        if (schema.FindText("type") is { } type)
        {
            Message(writer, 22, () => writer.WriteString(1, type));
        }

        if (schema.FindMap("additionalProperties") is { } values)
        {
            Message(writer, 21, () => Message(writer, 1, () => WriteSchema(writer, values)));
        }

        foreach (var value in (schema.Find("enum") as JsonList ?? []).Reverse())
        {
            Message(writer, 20, () => Any(writer, value.ToString()));
        }

        Texts(writer, 19, schema, "required");
        Text(writer, 4, schema.FindText("description"));
        Text(writer, 3, schema.FindText("title"));
        Text(writer, 2, schema.FindText("format"));
        Text(writer, 1, schema.FindText("$ref"));
    }

    private static void Vendor(ProtobufWriter writer, int number, JsonMap owner) => Extensions(writer, number, [
        .. ((IEnumerable<KeyValuePair<string, JsonTree>>)owner).Where(static entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)).Select(static entry => KeyValuePair.Create(entry.Key, entry.Value.ToString()))]);

    private static void Flag(ProtobufWriter writer, int number, JsonMap owner, string name) => Formats.ProtobufParts.Flag(writer, number, owner.Find(name) is JsonBoolean { Value: true });

    private static void Texts(ProtobufWriter writer, int number, JsonMap owner, string name) =>
        Formats.ProtobufParts.Texts(writer, number, [.. (owner.Find(name) as JsonList ?? []).OfType<JsonText>().Select(static text => text.Value)]);

    private static void Maps(ProtobufWriter writer, int number, JsonMap named, Action<JsonMap> write) =>
        Entries(writer, number, [.. ((IEnumerable<KeyValuePair<string, JsonTree>>)named).Where(static entry => entry.Value is JsonMap).Select(static entry => KeyValuePair.Create(entry.Key, (JsonMap)entry.Value))], write);

    private static IEnumerable<JsonMap> Maps(JsonMap owner, string name) => (owner.Find(name) as JsonList ?? []).OfType<JsonMap>();
}
