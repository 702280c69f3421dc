using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Tokens;

/// <summary>Serves the documents by which others verify service account tokens.</summary>
/// <param name="externalHost">Host and port that the documents name; empty for those that the client used.</param>
internal sealed class IssuerPaths(IssuerDocuments documents, string externalHost) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (context.Request.Method != "GET")
        {
            return false;
        }

        switch (request.Info.Path.TrimEnd('/'))
        {
            case IssuerDocuments.ConfigurationPath:
                var host = externalHost.Length > 0 ? externalHost : context.Request.Host.Value ?? "";
                await WriteAsync(context, IssuerDocuments.ConfigurationType, documents.Configuration(host));
                return true;
            case IssuerDocuments.KeysPath:
                await WriteAsync(context, IssuerDocuments.KeysType, documents.Keys());
                return true;
            default:
                return false;
        }
    }

    private static async Task WriteAsync(HttpContext context, string type, ReadOnlyMemory<byte> document)
    {
        if (!IsAccepted(context.Request.Headers.Accept, type))
        {
            context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("406: Not Acceptable", context.RequestAborted);
            return;
        }

        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = IssuerDocuments.CacheControl;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    private static bool IsAccepted(IEnumerable<string?> accept, string type)
    {
        var ranges = accept.SelectMany(static value => (value ?? "").Split(',')).Select(static range => range.Split(';')[0].Trim()).Where(static range => range.Length > 0).ToList();
        return ranges.Count == 0 || ranges.Contains("*/*") || ranges.Contains(type);
    }
}
