using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Petrel.Api.Meta;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Discovery;

/// <summary>/api, /apis and below: which groups, versions and resources there are, plain or aggregated (apidiscovery.k8s.io).</summary>
/// <param name="externalHost">Host and port that clients are told; empty for those that they used.</param>
internal sealed class DiscoveryPaths(ServedGroups served, string externalHost) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        var parts = request.Info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Document? document = parts switch
        {
            ["api"] => AggregatedOr(context, "", writer => PlainDiscovery.Versions(writer, externalHost.Length > 0 ? externalHost : context.Request.Host.Value ?? "")),
            ["apis"] => AggregatedOr(context, null, writer => PlainDiscovery.Groups(writer, served)),
            ["api", var version] => Resources("", version),
            ["apis", var group] when served.Find(group) is { } found => PlainDiscovery.Build(writer => PlainDiscovery.Group(writer, found, topLevel: true)),
            ["apis", var group, var version] when served.Find(group) is not null => Resources(group, version),
            _ => null,
        };
        if (document is null)
        {
            return false;
        }

        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            throw Verbs.ResourceDispatch.NotAllowed();
        }

        await WriteAsync(context, document.Value);
        return true;
    }

    // Null: a version that is not served of a group that is not the server's own.
    private Document? Resources(string group, string version)
    {
        if (!served.Registry.Endpoints.Any(endpoint => endpoint.Info.Group == group && endpoint.Info.Version == version))
        {
            return served.Registry.IsBuiltIn(group) ? throw new StatusException(Statuses.ResourceNotFound()) : null;
        }

        return PlainDiscovery.Build(writer => PlainDiscovery.Resources(writer, served.Registry, group, version));
    }

    /// <summary>The aggregated form when the client asks for it first, else the plain one; 406 for a version that does not exist.</summary>
    private Document AggregatedOr(HttpContext context, string? group, Action<Utf8JsonWriter> plain)
    {
        if (!MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var ranges))
        {
            return PlainDiscovery.Build(plain);
        }

        var asked = false;
        foreach (var range in ranges.OrderByDescending(range => range.Quality ?? 1))
        {
            string Parameter(string name) => range.Parameters.FirstOrDefault(parameter => parameter.Name.Value == name)?.Value.Value ?? "";
            if (Parameter("as").Length == 0)
            {
                return PlainDiscovery.Build(plain);
            }

            asked = true;
            if (Parameter("as") == "APIGroupDiscoveryList" && Parameter("g") == "apidiscovery.k8s.io" && Parameter("v") is "v2" or "v2beta1")
            {
                var version = Parameter("v");
                var body = PlainDiscovery.Build(writer => AggregatedDiscovery.Write(writer, served, group, version));
                return body with { ContentType = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList" };
            }
        }

        return asked
            ? throw new StatusException(Statuses.NotAcceptable("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf") with { Details = StatusDetails.Empty })
            : PlainDiscovery.Build(plain);
    }

    private static Task WriteAsync(HttpContext context, Document document)
    {
        if (document.ContentType is null)
        {
            return ResponseWriter.WriteJsonAsync(context, 200, Negotiation.Of(context.Request, allowProjections: false), document.Json);
        }

        context.Response.ContentType = document.ContentType;
        context.Response.Headers.Vary = "Accept";
        return context.Response.BodyWriter.WriteAsync(document.Json, context.RequestAborted).AsTask();
    }
}

/// <summary>A discovery document.</summary>
/// <param name="Json">Its content.</param>
/// <param name="ContentType">Null where the client negotiates the format.</param>
internal readonly record struct Document(ReadOnlyMemory<byte> Json, string? ContentType = null);
