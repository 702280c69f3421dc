using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Forwarding;

/// <summary>Passes the body of a backend's answer on as it comes: what is there goes out before more is awaited.</summary>
internal static class ResponseCopy
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>Ends with the backend's body or the client. A body that breaks off breaks the client's connection, too.</summary>
    public static async Task RunAsync(HttpContext context, HttpResponseMessage backend)
    {
        var aborted = context.RequestAborted;
        var buffer = new byte[BufferBytes];
        await context.Response.StartAsync(aborted);
        try
        {
            // A watch of nothing yet is answered all the same.
            await context.Response.Body.FlushAsync(aborted);
            await using var body = await backend.Content.ReadAsStreamAsync(aborted);
            while (await body.ReadAsync(buffer, aborted) is var read and > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), aborted);
                await context.Response.Body.FlushAsync(aborted);
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            RequestContext.Of(context).WasAborted = true;
            context.Abort();
        }
    }
}
