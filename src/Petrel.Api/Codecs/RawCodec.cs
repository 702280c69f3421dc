using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>Any JSON value; in protobuf a message with its bytes in field 1.</summary>
public readonly struct RawCodec : IValueCodec<RawJson>
{
    public static string GoType => "runtime.RawExtension";

    public static RawJson Zero => RawJson.Null;

    public static RawJson ReadJson(ref JsonDecoder decoder) => decoder.ReadRaw();

    public static void WriteJson(Utf8JsonWriter writer, RawJson value) => writer.WriteRawValue(value.Utf8, skipInputValidation: true);

    public static RawJson ReadProtobuf(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        var value = RawJson.Null;
        while (message.NextField() is var number and not 0)
        {
            if (number == 1)
            {
                value = RawJson.Parse(message.ReadBytes());
            }
            else
            {
                message.Skip();
            }
        }

        return value;
    }

    public static void WriteProtobuf(ProtobufWriter writer, int number, RawJson value)
    {
        var before = writer.Length;
        writer.WriteBytes(1, value.Utf8);
        writer.EndMessage(number, before);
    }
}
