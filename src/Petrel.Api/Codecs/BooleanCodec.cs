using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A bool.</summary>
public readonly struct BooleanCodec : IValueCodec<bool>
{
    public static string GoType => "bool";

    public static bool Zero => false;

    public static bool ReadJson(ref JsonDecoder decoder) => decoder.ReadBoolean();

    public static void WriteJson(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public static bool ReadProtobuf(ref ProtobufReader reader) => reader.ReadVarint() != 0;

    public static void WriteProtobuf(ProtobufWriter writer, int number, bool value) => writer.WriteVarint(number, value ? 1u : 0u);
}
