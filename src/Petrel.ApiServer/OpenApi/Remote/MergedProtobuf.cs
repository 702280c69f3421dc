using Petrel.Api.Json;
using Petrel.ApiServer.OpenApi.Formats;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>OpenAPI 2.0 as protobuf with what extension API servers have added: their part follows this server's own.</summary>
internal sealed class MergedProtobuf(RemoteOpenApi others) : IDocumentFormat
{
    private readonly ProtobufV2 _own = new();

    public IReadOnlyList<string> MediaTypes => _own.MediaTypes;

    public string ContentType => _own.ContentType;

    public ReadOnlyMemory<byte> Write(Document document)
    {
        // What gets another name follows from the JSON form, where it can be compared.
        var own = SwaggerDocument.Of((JsonMap)JsonTree.Parse(new JsonV2().Write(document).Span));
        return (byte[])[.. _own.Write(document).Span, .. SwaggerProtobuf.Write(own.Additions(MergedJson.Merge(own, others.Swaggers())))];
    }
}
