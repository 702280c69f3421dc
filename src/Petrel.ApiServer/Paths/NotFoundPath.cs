using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Paths;

/// <summary>The answer to paths that nothing serves: plain text, as Go's HTTP server gives it.</summary>
internal static class NotFoundPath
{
    public static Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
    }
}
