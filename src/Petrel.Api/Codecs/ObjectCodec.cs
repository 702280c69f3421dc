using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>A nested API type, or a value with a JSON form of its own.</summary>
public readonly struct ObjectCodec<T> : IValueCodec<T> where T : IJsonValue<T>
{
    public static string GoType => T.GoType;

    public static T Zero => T.Empty;

    public static T ReadJson(ref JsonDecoder decoder) => T.ReadJson(ref decoder);

    public static void WriteJson(Utf8JsonWriter writer, T value) => value.WriteJson(writer);

    public static T ReadProtobuf(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        return T.ReadProtobuf(ref message);
    }

    public static void WriteProtobuf(ProtobufWriter writer, int number, T value)
    {
        var before = writer.Length;
        value.WriteProtobuf(writer);
        writer.EndMessage(number, before);
    }
}
