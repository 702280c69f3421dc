using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Responses;

/// <summary>Answers with one object: as it is, as a table of one row, or as its metadata only.</summary>
internal static class ObjectAnswer
{
    public static Task WriteAsync(HttpContext context, int code, ResponseFormat format, ResourceEndpoint endpoint, StoredObject stored)
    {
        switch (format.Projection)
        {
            case Projection.None:
                return ResponseWriter.WriteStoredAsync(context, code, format, stored);
            case Projection.Table:
                var includeObject = TableWriter.IncludeObjectOf(context.Request);
                return ResponseWriter.WriteJsonAsync(
                    context, code, format, TableWriter.Write(TableWriter.ColumnsOf(endpoint.Type), format, ResourceStore.Text(stored.Revision), "", null, [stored.Decode()], includeObject, endpoint.Time.GetUtcNow()));
            case Projection.PartialObjectMetadata:
                return WritePartialAsync(context, code, format, stored.Decode());
            default:
                throw NoList(endpoint.Info.GroupVersionKind);
        }
    }

    /// <summary>Answers with an object that is not stored as it is (Scale).</summary>
    public static Task WriteAsync(HttpContext context, int code, ResponseFormat format, ApiObject value, IReadOnlyList<Column> columns, DateTimeOffset now)
    {
        switch (format.Projection)
        {
            case Projection.None:
                return ResponseWriter.WriteObjectAsync(context, code, format, value);
            case Projection.Table:
                return ResponseWriter.WriteJsonAsync(
                    context, code, format, TableWriter.Write(columns, format, value.Metadata.ResourceVersion, "", null, [value], TableWriter.IncludeObjectOf(context.Request), now));
            case Projection.PartialObjectMetadata:
                return WritePartialAsync(context, code, format, value);
            default:
                throw NoList(value.ShownKind);
        }
    }

    private static Task WritePartialAsync(HttpContext context, int code, ResponseFormat format, ApiObject value) => format.MediaType == MediaType.Protobuf
        ? ResponseWriter.WriteBytesAsync(context, code, format, PartialWriter.WriteProtobuf(value, format.ProjectionVersion))
        : ResponseWriter.WriteJsonAsync(context, code, format, PartialWriter.Write(value, format.ProjectionVersion));

    private static StatusException NoList(GroupVersionKind kind) => new(Statuses.NotAcceptable(
        $"you requested PartialObjectMetadataList, but the requested object is not a list (*{PartialWriter.GoName(kind)})"));
}
