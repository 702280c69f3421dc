using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Schema;

namespace Petrel.Api.Codecs;

/// <summary>A top-level type inside another one, which does not say its kind there.</summary>
public readonly struct BareCodec<T> : IValueCodec<T> where T : IApiType<T>, IBare
{
    public static string GoType => ObjectCodec<T>.GoType;

    public static T Zero => ObjectCodec<T>.Zero;

    public static T ReadJson(ref JsonDecoder decoder) => ObjectCodec<T>.ReadJson(ref decoder);

    public static void WriteJson(Utf8JsonWriter writer, T value) => value.WriteBareJson(writer);

    public static T ReadProtobuf(ref ProtobufReader reader) => ObjectCodec<T>.ReadProtobuf(ref reader);

    public static void WriteProtobuf(ProtobufWriter writer, int number, T value) => ObjectCodec<T>.WriteProtobuf(writer, number, value);
}
