using Microsoft.AspNetCore.Http;
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
                    context, code, format, TableWriter.Write(endpoint.Type, format, ResourceStore.Text(stored.Revision), "", null, [stored], includeObject, endpoint.Time.GetUtcNow()));
            case Projection.PartialObjectMetadata:
                return ResponseWriter.WriteJsonAsync(context, code, format, PartialWriter.Write(stored.Decode(), format.ProjectionVersion));
            default:
                throw new StatusException(Statuses.NotAcceptable(
                    $"you requested PartialObjectMetadataList, but the requested object is not a list (*{PartialWriter.GoName(endpoint.Info)})"));
        }
    }
}
