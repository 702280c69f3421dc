using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A 64-bit floating point number.</summary>
public readonly struct DoubleCodec : IValueCodec<double>
{
    public static string GoType => "float64";

    public static double Zero => 0;

    public static double ReadJson(ref JsonDecoder decoder) => decoder.ReadDouble();

    public static void WriteJson(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    public static double ReadProtobuf(ref ProtobufReader reader) => reader.ReadDouble();

    public static void WriteProtobuf(ProtobufWriter writer, int number, double value) => writer.WriteDouble(number, value);
}
