using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A 64-bit integer.</summary>
public readonly struct Int64Codec : IValueCodec<long>
{
    public static string GoType => "int64";

    public static long Zero => 0;

    public static long ReadJson(ref JsonDecoder decoder) => decoder.ReadInt64();

    public static void WriteJson(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    public static long ReadProtobuf(ref ProtobufReader reader) => unchecked((long)reader.ReadVarint());

    public static void WriteProtobuf(ProtobufWriter writer, int number, long value) => writer.WriteVarint(number, unchecked((ulong)value));
}
