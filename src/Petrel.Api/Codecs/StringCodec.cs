using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A string.</summary>
public readonly struct StringCodec : IValueCodec<string>
{
    public static string GoType => "string";

    public static string Zero => "";

    public static string ReadJson(ref JsonDecoder decoder) => decoder.ReadString();

    public static void WriteJson(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public static string ReadProtobuf(ref ProtobufReader reader) => reader.ReadString();

    public static void WriteProtobuf(ProtobufWriter writer, int number, string value) => writer.WriteString(number, value);
}
