using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A 32-bit integer.</summary>
public readonly struct Int32Codec : IValueCodec<int>
{
    public static string GoType => "int32";

    public static int Zero => 0;

    public static int ReadJson(ref JsonDecoder decoder) => decoder.ReadInt32();

    public static void WriteJson(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    public static int ReadProtobuf(ref ProtobufReader reader) => unchecked((int)reader.ReadVarint());

    public static void WriteProtobuf(ProtobufWriter writer, int number, int value) => writer.WriteVarint(number, unchecked((ulong)value));
}
