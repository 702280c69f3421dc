using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Schema;

/// <summary>What the source generator implements for every record marked with <see cref="ApiTypeAttribute"/>.</summary>
public interface IApiType
{
    void WriteJson(Utf8JsonWriter writer);

    void WriteProtobuf(ProtobufWriter writer);
}

/// <inheritdoc/>
public interface IApiType<TSelf> : IApiType where TSelf : IApiType<TSelf>
{
    static abstract TypeSchema Schema { get; }

    /// <summary>The value with no field set.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>Reads the object that starts at the decoder's current token. Problems go to the decoder.</summary>
    static abstract TSelf ReadJson(ref JsonDecoder decoder);

    /// <summary>Reads one message that fills the rest of the reader.</summary>
    static abstract TSelf ReadProtobuf(ref ProtobufReader reader);
}
