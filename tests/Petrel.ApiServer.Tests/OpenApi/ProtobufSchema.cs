using System.Text.Json.Nodes;
using Petrel.Api.Protobuf;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>Reads schemas of OpenAPI v3 from protobuf (openapi.v3.Document of gnostic), as the JSON that they stand for.</summary>
internal static class ProtobufSchema
{
    private static readonly Dictionary<int, string> Texts = new() { [9] = "title", [17] = "pattern", [25] = "type", [34] = "description", [35] = "format" };

    private static readonly Dictionary<int, string> Flags = new() { [1] = "nullable", [12] = "exclusiveMaximum", [14] = "exclusiveMinimum", [20] = "uniqueItems" };

    private static readonly Dictionary<int, string> Numbers = new() { [10] = "multipleOf", [11] = "maximum", [13] = "minimum" };

    private static readonly Dictionary<int, string> Counts =
        new() { [15] = "maxLength", [16] = "minLength", [18] = "maxItems", [19] = "minItems", [21] = "maxProperties", [22] = "minProperties" };

    private static readonly Dictionary<int, string> Combinations = new() { [26] = "allOf", [27] = "oneOf", [28] = "anyOf" };

    /// <summary>One of the schemas of a document.</summary>
    public static JsonObject Of(byte[] document, string name)
    {
        // {5: components {1: schemas {1: repeated {1: name, 2: schema or reference}}}}
        var schemas = Named(Find(Find(document, 5), 1));
        return Either(schemas[name]);
    }

    private static JsonObject Schema(ProtobufReader reader)
    {
        var schema = new JsonObject();
        while (reader.NextField() is var field and not 0)
        {
            if (Texts.TryGetValue(field, out var name))
            {
                schema[name] = reader.ReadString();
            }
            else if (Flags.TryGetValue(field, out name))
            {
                schema[name] = reader.ReadVarint() != 0;
            }
            else if (Numbers.TryGetValue(field, out name))
            {
                schema[name] = reader.ReadDouble();
            }
            else if (Counts.TryGetValue(field, out name))
            {
                schema[name] = (long)reader.ReadVarint();
            }
            else if (Combinations.TryGetValue(field, out name))
            {
                Add(schema, name, Either(reader.ReadBytes().ToArray()));
            }
            else
            {
                ReadPart(schema, field, reader.ReadBytes().ToArray());
            }
        }

        return schema;
    }

    private static void ReadPart(JsonObject schema, int field, byte[] part)
    {
        switch (field)
        {
            case 23:
                Add(schema, "required", System.Text.Encoding.UTF8.GetString(part));
                break;
            case 24:
                Add(schema, "enum", Any(part));
                break;
            case 29:
                schema["not"] = Schema(new ProtobufReader(part));
                break;
            case 30:
                schema["items"] = Either(Find(part, 1));
                break;
            case 31:
                schema["properties"] = new JsonObject(Named(part).Select(static entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Either(entry.Value))));
                break;
            case 32:
                schema["additionalProperties"] = Scalar(part, static (field, bytes) => field == 1 ? Either(bytes) : null);
                break;
            case 33:
                schema["default"] = Scalar(part, static (_, bytes) => System.Text.Encoding.UTF8.GetString(bytes));
                break;
            case 36:
                var reader = new ProtobufReader(part);
                var (name, value) = Entry(ref reader);
                schema[name] = Any(value);
                break;
            default:
                throw new InvalidDataException($"a schema has no field {field}");
        }
    }

    /// <summary>A message of one field: a number {1}, a flag {2}, or what bytes are read as.</summary>
    private static JsonNode? Scalar(byte[] message, Func<int, byte[], JsonNode?> read)
    {
        var reader = new ProtobufReader(message);
        var field = reader.NextField();
        return (message[0] & 7) switch
        {
            0 => reader.ReadVarint() != 0,
            1 => reader.ReadDouble(),
            _ => read(field, reader.ReadBytes().ToArray()),
        };
    }

    /// <summary>A schema {1} or a reference {2: {1: name}}.</summary>
    private static JsonObject Either(byte[] message)
    {
        var reader = new ProtobufReader(message);
        return reader.NextField() == 1
            ? Schema(reader.ReadMessage())
            : new JsonObject { ["$ref"] = System.Text.Encoding.UTF8.GetString(Find(reader.ReadBytes().ToArray(), 1)) };
    }

    /// <summary>A map, as its entries {1: {1: name, 2: value}}.</summary>
    private static Dictionary<string, byte[]> Named(byte[] message)
    {
        var all = new Dictionary<string, byte[]>();
        var reader = new ProtobufReader(message);
        while (reader.NextField() == 1)
        {
            var entry = reader.ReadMessage();
            var (name, value) = Entry(ref entry);
            all.Add(name, value);
        }

        return all;
    }

    private static (string Name, byte[] Value) Entry(ref ProtobufReader reader)
    {
        var (name, value) = ("", Array.Empty<byte>());
        while (reader.NextField() is var field and not 0)
        {
            if (field == 1)
            {
                name = reader.ReadString();
            }
            else
            {
                value = reader.ReadBytes().ToArray();
            }
        }

        return (name, value);
    }

    // {2: yaml}, and here YAML is JSON.
    private static JsonNode? Any(byte[] message) => JsonNode.Parse(Find(message, 2));

    private static byte[] Find(byte[] message, int number)
    {
        var reader = new ProtobufReader(message);
        while (reader.NextField() is var field and not 0)
        {
            if (field == number)
            {
                return reader.ReadBytes().ToArray();
            }

            reader.Skip();
        }

        throw new InvalidDataException($"there is no field {number}");
    }

    private static void Add(JsonObject schema, string name, JsonNode? value)
    {
        schema[name] ??= new JsonArray();
        schema[name]!.AsArray().Add(value);
    }
}
