using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Schemas;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>
/// What both protobuf forms write in the same way. Field numbers are those of gnostic's OpenAPIv2.proto and OpenAPIv3.proto.
/// Messages are written from their end, so the fields of each come in descending order.
/// </summary>
internal static class ProtobufParts
{
    public static void Text(ProtobufWriter writer, int number, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(number, text);
        }
    }

    public static void Texts(ProtobufWriter writer, int number, IReadOnlyList<string> texts)
    {
        for (var i = texts.Count - 1; i >= 0; i--)
        {
            writer.WriteString(number, texts[i]);
        }
    }

    public static void Flag(ProtobufWriter writer, int number, bool value)
    {
        if (value)
        {
            writer.WriteVarint(number, 1);
        }
    }

    /// <summary>Writes a nested message.</summary>
    public static void Message(ProtobufWriter writer, int number, Action write)
    {
        var before = writer.Length;
        write();
        writer.EndMessage(number, before);
    }

    /// <summary>Writes a map as its entries {1: name, 2: value}, which gnostic has instead of protobuf's maps.</summary>
    public static void Entries<T>(ProtobufWriter writer, int number, IReadOnlyList<KeyValuePair<string, T>> entries, Action<T> write)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var (name, value) = entries[i];
            Message(writer, number, () =>
            {
                Message(writer, 2, () => write(value));
                writer.WriteString(1, name);
            });
        }
    }

    /// <summary>Any value, as the YAML that its JSON is: {2: yaml}.</summary>
    public static void Any(ProtobufWriter writer, string json) => writer.WriteString(2, json);

    /// <summary>Writes keywords: texts, flags, whole numbers, and those that may have a fraction.</summary>
    /// <param name="fields">Their field numbers; what is not in there has no form.</param>
    public static void Keywords(ProtobufWriter writer, IReadOnlyList<KeyValuePair<string, string>> keywords, IReadOnlyDictionary<string, int> fields)
    {
        foreach (var (name, json) in keywords.Where(keyword => fields.ContainsKey(keyword.Key)).OrderByDescending(keyword => fields[keyword.Key]))
        {
            var number = fields[name];
            switch (JsonTree.Parse(json))
            {
                case JsonText text:
                    Text(writer, number, text.Value);
                    break;
                case JsonBoolean flag:
                    Flag(writer, number, flag.Value);
                    break;
                case JsonNumber bound when name is "maximum" or "minimum" or "multipleOf":
                    writer.WriteDouble(number, bound.Real);
                    break;
                case JsonNumber count:
                    writer.WriteVarint(number, (ulong)count.Integer);
                    break;
                case JsonList values:
                    foreach (var value in values.Reverse())
                    {
                        Message(writer, number, () => Any(writer, value.ToString()));
                    }

                    break;
            }
        }
    }

    public static void Extensions(ProtobufWriter writer, int number, IReadOnlyList<KeyValuePair<string, string>> extensions) =>
        Entries(writer, number, extensions, json => Any(writer, json));

    public static IReadOnlyList<KeyValuePair<string, string>> ActionOf(Operation operation) => operation.Action is null ? [] :
    [
        new("x-kubernetes-action", TypeDefinition.Quote(operation.Action)),
        new("x-kubernetes-group-version-kind", TypeDefinition.KindJson(operation.Kind)),
    ];
}
