using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A resource.Quantity: a string (or number) in JSON, a message with the string in protobuf.</summary>
public readonly struct QuantityCodec : IValueCodec<Quantity>
{
    public static string GoType => "resource.Quantity";

    public static Quantity Zero => default;

    public static Quantity ReadJson(ref JsonDecoder decoder)
    {
        if (decoder.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            decoder.MismatchInside("string");
            return default;
        }

        var text = decoder.TokenType == JsonTokenType.String ? decoder.ReadString() : decoder.TokenText();
        if (Quantity.TryParse(text, out var value, out var error))
        {
            return value;
        }

        decoder.Unparsable(error);
        return default;
    }

    public static void WriteJson(Utf8JsonWriter writer, Quantity value) => writer.WriteStringValue(value.ToString());

    public static Quantity ReadProtobuf(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        var value = default(Quantity);
        while (message.NextField() is var number and not 0)
        {
            if (number != 1)
            {
                message.Skip();
            }
            else if (!Quantity.TryParse(message.ReadString(), out value, out var error))
            {
                throw new ProtobufException(error);
            }
        }

        return value;
    }

    public static void WriteProtobuf(ProtobufWriter writer, int number, Quantity value)
    {
        var before = writer.Length;
        writer.WriteString(1, value.ToString());
        writer.EndMessage(number, before);
    }
}
