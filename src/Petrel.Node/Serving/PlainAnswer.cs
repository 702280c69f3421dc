using Microsoft.AspNetCore.Http;

namespace Petrel.Node.Serving;

/// <summary>Plain text, as kubelets answer.</summary>
internal static class PlainAnswer
{
    public static Task WriteAsync(HttpContext context, int statusCode, string text, string contentType = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
