using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Audit;

/// <summary>Records how requests end, whoever answers or refuses them further down; those that have an event by then.</summary>
internal sealed class AuditFilter(Auditor auditor) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        await next(context);
        if (request.AuthenticationFailure is { } failure)
        {
            await FailedAsync(context, request, failure);
            return;
        }

        if (request.Audit is not { } change)
        {
            return;
        }

        if (change.HasPanicked)
        {
            await auditor.RecordAsync(change, AuditStage.Panic);
            return;
        }

        if (context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            change.LogClosedEarly();
        }
        else
        {
            change.LogCode(context.Response.StatusCode);
        }

        if (request.Info.IsLongRunning && !change.HasStarted)
        {
            await auditor.RecordAsync(change, AuditStage.ResponseStarted);
        }

        await auditor.RecordAsync(change, AuditStage.ResponseComplete);
    }

    /// <summary>Of who is not let in there is one event.</summary>
    private async Task FailedAsync(HttpContext context, RequestContext request, string failure)
    {
        if (auditor.Begin(context, request, user: null) is { } change)
        {
            change.LogFailure(failure);
            change.LogCode(context.Response.StatusCode);
            await auditor.RecordAsync(change, AuditStage.ResponseStarted);
        }
    }
}
