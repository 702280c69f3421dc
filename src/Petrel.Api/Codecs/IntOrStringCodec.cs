using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>An intstr.IntOrString: a number or a string in JSON, a tagged message in protobuf.</summary>
public readonly struct IntOrStringCodec : IValueCodec<IntOrString>
{
    public static string GoType => "intstr.IntOrString";

    public static IntOrString Zero => default;

    public static IntOrString ReadJson(ref JsonDecoder decoder)
    {
        if (decoder.TokenType == JsonTokenType.String)
        {
            return new IntOrString(decoder.ReadString());
        }

        if (decoder.TokenType != JsonTokenType.Number)
        {
            decoder.MismatchInside("int32");
            return default;
        }

        return new IntOrString(decoder.ReadInt32());
    }

    public static void WriteJson(Utf8JsonWriter writer, IntOrString value)
    {
        if (value.IsString)
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            writer.WriteNumberValue(value.Number);
        }
    }

    public static IntOrString ReadProtobuf(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        var isString = false;
        var integer = 0;
        var text = "";
        while (message.NextField() is var number and not 0)
        {
            switch (number)
            {
                case 1:
                    isString = message.ReadVarint() == 1;
                    break;
                case 2:
                    integer = unchecked((int)message.ReadVarint());
                    break;
                case 3:
                    text = message.ReadString();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return isString ? new IntOrString(text) : new IntOrString(integer);
    }

    public static void WriteProtobuf(ProtobufWriter writer, int number, IntOrString value)
    {
        var before = writer.Length;
        writer.WriteString(3, value.IsString ? value.Text : "");
        writer.WriteVarint(2, unchecked((ulong)(value.IsString ? 0 : value.Number)));
        writer.WriteVarint(1, value.IsString ? 1u : 0u);
        writer.EndMessage(number, before);
    }
}
