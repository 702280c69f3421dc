using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Api.Validation;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Audit;

/// <summary>Begins the event of a request whose maker is known, and records that it is there before anything is done.</summary>
internal sealed class AuditBeginFilter(Auditor auditor) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        if (auditor.Begin(context, request, request.User) is not { } change)
        {
            await next(context);
            return;
        }

        if (!await auditor.RecordAsync(change, AuditStage.RequestReceived))
        {
            auditor.Reject();
            await RefuseAsync(context);
            return;
        }

        request.Audit = change;
        if (request.Info.IsLongRunning)
        {
            context.Response.OnStarting(() => StartedAsync(context, change));
        }

        await next(context);
    }

    private async Task StartedAsync(HttpContext context, AuditEvent change)
    {
        change.HasStarted = true;
        change.LogCode(context.Response.StatusCode);
        await auditor.RecordAsync(change, AuditStage.ResponseStarted);
    }

    // Upstream answers this as an internal error of the handler chain, which is plain text and names the request's target.
    private static Task RefuseAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : context.Request.Path + context.Request.QueryString.ToString();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"Internal Server Error: {GoSyntax.Quote(target)}: failed to store audit event\n", context.RequestAborted);
    }
}
