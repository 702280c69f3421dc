using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.ApiServer.Requests;

/// <summary>What a body must be, and how it is decoded: a resource of its own, or the body of a subresource.</summary>
internal sealed record BodyFormat(
    GroupVersionKind Kind, Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> Decode, Func<ReadOnlyMemory<byte>, ApiObject> DecodeProtobuf)
{
    /// <summary>The kind is a custom one: read as it comes, without protobuf, and it must say what it is.</summary>
    public bool IsCustom { get; private init; }

    /// <summary>Another version in which it may come, with the same fields.</summary>
    public GroupVersionKind? Alternative { get; init; }

    public static BodyFormat Of(ResourceType type) => new(type.Info.GroupVersionKind, type.Decode, type.DecodeProtobuf) { IsCustom = type.IsCustom };

    public static BodyFormat Of<T>() where T : ApiObject, IApiType<T> => new(
        T.Empty.GroupVersionKind,
        static (json, problems) => JsonDecoder.Decode<T>(json.Span, problems),
        static message =>
        {
            var reader = new ProtobufReader(message.Span);
            return T.ReadProtobuf(ref reader);
        });
}
