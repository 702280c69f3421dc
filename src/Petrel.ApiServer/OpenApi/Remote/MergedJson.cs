using Petrel.Api.Json;
using Petrel.ApiServer.OpenApi.Formats;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>OpenAPI 2.0 as JSON with what extension API servers have added.</summary>
internal sealed class MergedJson(RemoteOpenApi others) : IDocumentFormat
{
    private readonly JsonV2 _own = new();

    public IReadOnlyList<string> MediaTypes => _own.MediaTypes;

    public string ContentType => _own.ContentType;

    public ReadOnlyMemory<byte> Write(Document document)
    {
        var whole = (JsonMap)JsonTree.Parse(_own.Write(document).Span);
        return Merge(SwaggerDocument.Of(whole), others.Swaggers()).In(whole).ToUtf8();
    }

    public static SwaggerDocument Merge(SwaggerDocument own, IEnumerable<SwaggerDocument> others) => others.Aggregate(own, static (merged, other) => merged.With(other));
}
