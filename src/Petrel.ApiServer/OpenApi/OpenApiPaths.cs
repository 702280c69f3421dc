using System.Globalization;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Json;
using Petrel.Api.Registration;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.OpenApi.Formats;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Remote;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.OpenApi;

/// <summary>
/// /openapi/v3, the index of the documents; below it one document for each group and version; /openapi/v2, all in one.
/// Documents are made when they are first asked for.
/// </summary>
/// <param name="kubernetesVersion">E.g. <c>v1.33.0</c>; documents name its first two numbers.</param>
internal sealed class OpenApiPaths(ResourceRegistry registry, string kubernetesVersion, RemoteOpenApi remote, ExtensionProxy extensions, TimeProvider time) : IPathHandler
{
    private const string V2 = "/openapi/v2";
    private const string V3 = "/openapi/v3";

    private static readonly IDocumentFormat[] V2Formats = [new JsonV2(), new ProtobufV2()];
    private static readonly IDocumentFormat[] V3Formats = [new JsonV3(), new ProtobufV3()];

    private readonly Documents _documents = new(registry, string.Join('.', kubernetesVersion.TrimStart('v').Split('.').Take(2)));
    private readonly DocumentCache _cache = new();
    private readonly IDocumentFormat[] _mergedFormats = [new MergedJson(remote), new MergedProtobuf(remote)];

    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        var path = request.Info.Path;
        if (path != V2 && path != V3 && !path.StartsWith(V3 + "/", StringComparison.Ordinal))
        {
            return false;
        }

        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            throw Verbs.ResourceDispatch.NotAllowed();
        }

        if (path == V2)
        {
            await WriteAsync(context, "v2", remote.Hash.Length == 0 ? V2Formats : _mergedFormats, _documents.Whole);
            return true;
        }

        var name = path[V3.Length..].TrimStart('/');
        if (name.Length == 0)
        {
            await WriteIndexAsync(context);
            return true;
        }

        if (!_documents.Names().Contains(name))
        {
            if (remote.FindV3(name, out var converted) is { } service)
            {
                await WriteRemoteAsync(context, request, service, converted);
                return true;
            }

            // Upstream answers without a body here, unlike for other paths that nothing serves.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return true;
        }

        if (!IsRedirected(context, path, name))
        {
            await WriteAsync(context, name, V3Formats, () => _documents.Of(name));
        }

        return true;
    }

    private string HashOf(string name)
    {
        // A document of one version changes with what is in it, not with what others define.
        var parts = name.Split('/');
        var others = name is "v2" or "v3" ? remote.Hash : "";
        var isOne = parts is ["apis", _, _] or ["api", _];
        return DocumentCache.HashOf(name + others, registry.Endpoints.Select(static endpoint => endpoint.Type).Where(type => !isOne || (parts is [_, .., var version]
            && type.Info.Version == version && type.Info.Group == (parts.Length == 3 ? parts[1] : ""))));
    }

    /// <summary>The names of all documents, each with an address that changes with its content, so that clients may keep what they have.</summary>
    private async Task WriteIndexAsync(HttpContext context)
    {
        var own = _documents.Names().Select(name => KeyValuePair.Create(name, HashOf(name))).ToList();
        var hashes = own.Concat(remote.V3().ExceptBy(own.Select(static each => each.Key), static each => each.Key)).OrderBy(static each => each.Key, StringComparer.Ordinal).ToList();
        if (IsUnchanged(context, HashOf("v3")))
        {
            return;
        }

        var index = JsonParts.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("paths"u8);
            foreach (var (name, hash) in hashes)
            {
                writer.WriteStartObject(name);
                writer.WriteString("serverRelativeURL"u8, hash.Length == 0 ? $"{V3}/{name}" : $"{V3}/{name}?hash={hash}");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        // It is JSON, but upstream says so, and clients read it all the same.
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(index, context.RequestAborted);
    }

    /// <summary>A client that names the hash may keep the answer for ever; one with an old hash is sent to the present one.</summary>
    private bool IsRedirected(HttpContext context, string path, string name)
    {
        var asked = context.Request.Query["hash"].ToString();
        if (asked.Length == 0)
        {
            return false;
        }

        var hash = HashOf(name);
        if (asked == hash)
        {
            context.Response.Headers.CacheControl = "public, immutable";
            context.Response.Headers.Expires = time.GetUtcNow().AddYears(1).ToString("R", CultureInfo.InvariantCulture);
            return false;
        }

        context.Response.Redirect($"{path}?hash={hash}", permanent: true);
        return true;
    }

    private async Task WriteRemoteAsync(HttpContext context, RequestContext request, APIService service, JsonMap? converted)
    {
        if (converted is null)
        {
            await extensions.InvokeAsync(context, request, service, isDocument: true);
            return;
        }

        context.Response.ContentType = V3Formats[0].ContentType;
        await context.Response.Body.WriteAsync(converted.ToUtf8(), context.RequestAborted);
    }

    private async Task WriteAsync(HttpContext context, string name, IDocumentFormat[] formats, Func<Document> make)
    {
        context.Response.Headers.Vary = "Accept";
        if (AcceptedTypes.Of(context.Request.Headers.Accept).Select(type => Find(formats, type)).FirstOrDefault(format => format is not null) is not { } format)
        {
            context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        context.Response.ContentType = format.ContentType;
        var hash = HashOf(name);
        if (!IsUnchanged(context, hash))
        {
            await _cache.Get(name, hash, format, make).WriteAsync(context, AcceptedTypes.IncludeGzip(context.Request.Headers.AcceptEncoding));
        }
    }

    private static IDocumentFormat? Find(IDocumentFormat[] formats, string type) =>
        type is "*/*" or "application/*" ? formats[0] : formats.FirstOrDefault(format => format.MediaTypes.Contains(type));

    /// <summary>Answers 304 to a client that has the content already (RFC 9110, 13.1.2).</summary>
    private static bool IsUnchanged(HttpContext context, string hash)
    {
        var tag = "\"" + hash + "\"";
        context.Response.Headers.ETag = tag;
        if (!context.Request.Headers.IfNoneMatch.Any(value => value is not null && value.Split(',', StringSplitOptions.TrimEntries).Any(each => each is "*" || each.Replace("W/", "", StringComparison.Ordinal) == tag)))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
