using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>
/// Any JSON value that is looked into (apiextensions JSON); in protobuf a message with its bytes in field 1. Upstream decodes and
/// encodes it once more, so that the names of objects come in order and numbers in their shortest form.
/// </summary>
public readonly struct JsonTreeCodec : IValueCodec<JsonTree>
{
    public static string GoType => "v1.JSON";

    public static JsonTree Zero => JsonTree.Null;

    public static JsonTree ReadJson(ref JsonDecoder decoder) => JsonTree.TryParse(decoder.ReadRaw().Utf8, out var tree, out var error) ? Ordered(tree) : throw new JsonException(error);

    public static void WriteJson(Utf8JsonWriter writer, JsonTree value) => writer.WriteRawValue(value.ToUtf8(), skipInputValidation: true);

    public static JsonTree ReadProtobuf(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        var value = JsonTree.Null;
        while (message.NextField() is var number and not 0)
        {
            if (number == 1)
            {
                value = JsonTree.TryParse(message.ReadBytes(), out var tree, out var error) ? Ordered(tree) : throw new ProtobufException(error);
            }
            else
            {
                message.Skip();
            }
        }

        return value;
    }

    public static void WriteProtobuf(ProtobufWriter writer, int number, JsonTree value)
    {
        var before = writer.Length;
        if (!value.IsNull)
        {
            writer.WriteBytes(1, value.ToUtf8());
        }

        writer.EndMessage(number, before);
    }

    private static JsonTree Ordered(JsonTree tree) => tree switch
    {
        JsonMap map => JsonMap.Create([.. map.OrderBy(static entry => entry.Key, Utf8Order.Comparer).Select(static entry => KeyValuePair.Create(entry.Key, Ordered(entry.Value)))]),
        JsonList list => JsonList.Create([.. list.Select(Ordered)]),
        _ => tree,
    };
}
