using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A metav1.MicroTime; null is the zero time, written as null or an empty message.</summary>
public readonly struct MicroTimeCodec : IValueCodec<DateTimeOffset?>
{
    public static string GoType => "v1.MicroTime";

    public static DateTimeOffset? Zero => null;

    public static DateTimeOffset? ReadJson(ref JsonDecoder decoder)
    {
        if (decoder.TokenType != JsonTokenType.String)
        {
            decoder.MismatchInside("string");
            return null;
        }

        if (ApiTime.TryParseMicro(decoder.ReadString(), out var value, out var error))
        {
            return value;
        }

        decoder.Unparsable(error);
        return null;
    }

    public static void WriteJson(Utf8JsonWriter writer, DateTimeOffset? value) => WriteValue(writer, value);

    public static DateTimeOffset? ReadProtobuf(ref ProtobufReader reader) => Timestamp.Read(ref reader);

    public static void WriteProtobuf(ProtobufWriter writer, int number, DateTimeOffset? value) => Timestamp.Write(writer, number, value, wholeSeconds: false);

    private static void WriteValue(Utf8JsonWriter writer, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(ApiTime.FormatMicro(time));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
