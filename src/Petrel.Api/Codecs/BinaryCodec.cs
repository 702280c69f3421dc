using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>Bytes, base64 in JSON.</summary>
public readonly struct BinaryCodec : IValueCodec<Binary>
{
    public static string GoType => "[]uint8";

    public static Binary Zero => default;

    public static Binary ReadJson(ref JsonDecoder decoder)
    {
        if (decoder.TokenType != JsonTokenType.String)
        {
            decoder.Mismatch(GoType);
            return default;
        }

        if (Binary.TryFromBase64(decoder.StringUtf8(), out var value, out var error))
        {
            return value;
        }

        decoder.Unparsable(error);
        return default;
    }

    public static void WriteJson(Utf8JsonWriter writer, Binary value) => writer.WriteBase64StringValue(value.Span);

    public static Binary ReadProtobuf(ref ProtobufReader reader) => Binary.CopyFrom(reader.ReadBytes());

    public static void WriteProtobuf(ProtobufWriter writer, int number, Binary value) => writer.WriteBytes(number, value.Span);
}
