using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Paths;

/// <summary>Answers paths that name no resource: health, version, discovery, OpenAPI, metrics.</summary>
internal interface IPathHandler
{
    /// <summary>Answers the request if the path is its own; false passes it on.</summary>
    Task<bool> TryInvokeAsync(HttpContext context, RequestContext request);
}
