using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Schema;

/// <summary>What the source generator implements for every record marked with <see cref="ApiTypeAttribute"/>.</summary>
public interface IApiType
{
    void WriteJson(Utf8JsonWriter writer);

    void WriteProtobuf(ProtobufWriter writer);
}

/// <inheritdoc/>
public interface IApiType<TSelf> : IJsonValue<TSelf> where TSelf : IApiType<TSelf>
{
    static abstract TypeSchema Schema { get; }

    static string IJsonValue<TSelf>.GoType => TSelf.Schema.GoName;
}
