using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authentication.Impersonation;

/// <summary>Lets the request go on as the user it asks to be, when its maker may be that.</summary>
internal sealed class ImpersonationFilter(Impersonator impersonator) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        var result = await impersonator.ApplyAsync(context.Request.Headers, request.User);
        if (result.Fault is { } fault)
        {
            await WriteFaultAsync(context, fault);
            return;
        }

        var user = result.Refusal is { } refusal ? throw new StatusException(refusal) : result.User!;
        if (request.Audit is { } audit && !ReferenceEquals(user, request.User))
        {
            audit.ImpersonatedUser = user;
        }

        request.User = user;
        await next(context);
    }

    // Upstream answers this as an internal error of the handler chain, which is plain text and names the request's target.
    private static Task WriteFaultAsync(HttpContext context, string fault)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : context.Request.Path + context.Request.QueryString.ToString();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"Internal Server Error: \"{JsonEncodedText.Encode(target)}\": {fault}\n", context.RequestAborted);
    }
}
