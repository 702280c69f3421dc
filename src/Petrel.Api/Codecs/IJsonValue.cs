using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Schema;

namespace Petrel.Api.Codecs;

/// <summary>What is read and written as JSON and as a protobuf message: API types, and values whose JSON form is not that of a record.</summary>
public interface IJsonValue<TSelf> : IApiType where TSelf : IJsonValue<TSelf>
{
    /// <summary>The value's Go type, as decoding errors name it.</summary>
    static abstract string GoType { get; }

    /// <summary>The value with nothing set: what a null in a list or map stands for.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>Reads the value at the decoder's current token, which is not null. Problems go to the decoder.</summary>
    static abstract TSelf ReadJson(ref JsonDecoder decoder);

    /// <summary>Reads one message that fills the rest of the reader.</summary>
    static abstract TSelf ReadProtobuf(ref ProtobufReader reader);
}
