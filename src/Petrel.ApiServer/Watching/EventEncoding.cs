using System.Globalization;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Watching;

/// <summary>Encodes objects as a watch shows them.</summary>
internal static class EventEncoding
{
    public static byte[] Encode(ResourceEndpoint endpoint, ApiObject value, in EventForm form) => form.Projection switch
    {
        Projection.None when form.MediaType == MediaType.Protobuf => ProtobufEnvelope.Wrap(value.ShownKind, value),
        Projection.None => JsonEncoding.Encode(value),
        Projection.Table => TableWriter.Write(
            TableWriter.ColumnsOf(endpoint.Type),
            new ResponseFormat(form.MediaType, form.Projection, form.ProjectionVersion, Pretty: false),
            value.Metadata.ResourceVersion is { Length: > 0 } version ? version : "0",
            "",
            null,
            [value],
            form.IncludeObject,
            endpoint.Time.GetUtcNow(),
            form.HasColumns),
        _ when form.MediaType == MediaType.Protobuf => PartialWriter.WriteProtobuf(value, form.ProjectionVersion),
        _ => PartialWriter.Write(value, form.ProjectionVersion),
    };

    /// <summary>An empty object that carries only a revision.</summary>
    public static ApiObject Bookmark(ResourceEndpoint endpoint, long revision, bool endsInitialEvents) => endpoint.Type.Empty with
    {
        Metadata = new ObjectMeta
        {
            ResourceVersion = revision.ToString(CultureInfo.InvariantCulture),
            Annotations = endsInitialEvents ? ApiMap.FromPairs(("k8s.io/initial-events-end", "true")) : default,
        },
    };
}
