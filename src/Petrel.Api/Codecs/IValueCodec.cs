using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>Reads and writes one kind of value in both formats. Lists and maps of any kind are built from it.</summary>
public interface IValueCodec<T>
{
    /// <summary>The value's Go type, as decoding errors name it.</summary>
    static abstract string GoType { get; }

    /// <summary>What a null in a list or map stands for.</summary>
    static abstract T Zero { get; }

    /// <summary>Reads the value at the current token, which is not null.</summary>
    static abstract T ReadJson(ref JsonDecoder decoder);

    static abstract void WriteJson(Utf8JsonWriter writer, T value);

    /// <summary>Reads the value of the reader's current field.</summary>
    static abstract T ReadProtobuf(ref ProtobufReader reader);

    static abstract void WriteProtobuf(ProtobufWriter writer, int number, T value);
}
