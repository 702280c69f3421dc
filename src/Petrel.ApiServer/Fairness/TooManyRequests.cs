using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Fairness;

/// <summary>The answer to a request for which there is no room; plain text, as upstream's.</summary>
internal static class TooManyRequests
{
    public static Task WriteAsync(HttpContext context, int retryAfterSeconds)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsync("Too many requests, please try again later.\n", context.RequestAborted);
    }
}
