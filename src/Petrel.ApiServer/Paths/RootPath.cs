using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Discovery;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Paths;

/// <summary>/ : the list of paths that the server has.</summary>
internal sealed class RootPath(ServedGroups served) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (request.Info.Path is not ("/" or "/index.html"))
        {
            return false;
        }

        var paths = new List<string> { "/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/openid/v1/jwks", "/readyz", "/version" };
        foreach (var group in served.List())
        {
            paths.Add("/apis/" + group.Name);
            paths.AddRange(group.Versions.Select(version => $"/apis/{group.Name}/{version.Version}"));
        }

        var body = new JsonObject { ["paths"] = new JsonArray([.. paths.Order(StringComparer.Ordinal).Select(path => (JsonNode)path)]) };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
        return true;
    }
}
